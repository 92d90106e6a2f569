import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { err } from '../../../preload/contract/app/values.ts';
import type { Amount, Entry } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { denominations } from '../../kit/denominations.ts';
import { Facts } from '../../kit/facts.tsx';
import { currencySymbol, plain } from '../../kit/format.ts';
import { memberNameOf } from '../../kit/member-name.ts';
import { Note } from '../../kit/note.tsx';
import { RadioChoice } from '../../kit/radio-choice.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { TextBox } from '../../kit/text-box.tsx';
import { useKeys } from '../../kit/touch.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTill } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { changeDue, notesAbove, paidFor, readPaid, rulesOf } from '../counter/index.ts';

/** The choice so far, read like the top-up form. */
function usePaid(entry: Entry) {
  const rules = rulesOf(useTill());
  const [tender, choose] = useState('');
  const [givenText, setGivenText] = useState('');
  const sum = paidFor(entry);
  return { sum, tender, choose, givenText, setGivenText, read: readPaid({ tender, givenText }, sum, rules) };
}

interface GivenProps {
  readonly sum: Amount;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly error: string | undefined;
}

/** Cash handed over; on touch screens with likely sums. */
function CashGiven({ sum, text, onChange, error }: GivenProps) {
  const { t } = useTranslation();
  const { currency, language } = useTill();
  const write = useWriter(currency, language);
  const hasKeys = useKeys();
  const offered = hasKeys ? notesAbove(sum, denominations(currency)) : [];
  return (
    <>
      <TextBox
        label={t('form.given')}
        placeholder={t('common.optional')}
        unit={currencySymbol(currency, language)}
        inputMode="decimal"
        value={text}
        onChange={onChange}
        error={error}
      />
      {offered.length > 0 && (
        <Answers>
          {offered.map((value) => (
            <Button key={value} onPress={() => onChange(plain(value, language))}>
              {write.money(value)}
            </Button>
          ))}
        </Answers>
      )}
    </>
  );
}

interface Props {
  readonly entry: Entry;
  readonly ways: readonly string[];
  /** Made with the dialog, so that a repeated press changes it once. */
  readonly requestId: string;
}

/** Corrects the tender of a saved entry; nothing goes to KYBIO. */
export function TenderDialog({ entry, ways, requestId }: Props) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const [showsErrors, setShowsErrors] = useState(false);
  const { sum, tender, choose, givenText, setGivenText, read } = usePaid(entry);
  const was = entry.terms.tender;
  const [before, now] = [was, tender].map((one) => (one ? tenderWords(t, one) : t('shifts.noTender')));
  const due = read.ok ? changeDue(sum, read.value.given) : null;
  const isGivenWrong = showsErrors && !read.ok && read.error.kind !== 'no-tender';
  return (
    <PinDialog
      title={t('paidOtherwise.title', { reference: entry.reference })}
      lead={t('paidOtherwise.lead')}
      action={tender === '' ? t('paidOtherwise.none') : t('paidOtherwise.confirm', { now })}
      act="tenderChange"
      isOnlyCashiers
      takesFocus={false}
      hasEnter
      check={() => {
        setShowsErrors(true);
        return read.ok && tender !== '';
      }}
      send={async (proof) => {
        if (!read.ok) return err({ code: 'invalid-request' });
        return bridge.entriesChangeTender({
          id: entry.id,
          requestId,
          was,
          tender,
          given: read.value.given,
          ...(typeof proof === 'object' ? { approval: proof } : {}),
        });
      }}
      onDone={(changed) => view.open({ kind: 'details', entry: changed })}
    >
      <RadioChoice
        label={t('paidOtherwise.ways')}
        name="tender"
        values={ways}
        chosen={tender}
        onChoose={choose}
        say={(one) => <bdi>{tenderWords(t, one)}</bdi>}
        isTiled
      />
      {tender === 'cash' && (
        <CashGiven
          sum={sum}
          text={givenText}
          onChange={setGivenText}
          error={isGivenWrong ? t('paidOtherwise.givenWrong', { sum: write.money(sum) }) : undefined}
        />
      )}
      <Facts
        facts={[
          [t('paidOtherwise.facts.member'), memberNameOf(t, entry)],
          [t('paidOtherwise.facts.sum'), write.money(sum)],
          [
            t('paidOtherwise.facts.tender'),
            tender === '' ? (before ?? '') : t('entry.beforeAfter', { before, after: now }),
          ],
          ...(due === null ? [] : [[t('paidOtherwise.facts.change'), write.money(due)] as const]),
        ]}
      />
      {tender === '' &&
        // One box for both, so that the error moves nothing.
        (showsErrors ? (
          <ErrorNote>{t('paidOtherwise.choose')}</ErrorNote>
        ) : (
          <Note tone="neutral">{t('paidOtherwise.choose')}</Note>
        ))}
    </PinDialog>
  );
}
