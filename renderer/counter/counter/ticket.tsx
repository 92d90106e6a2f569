import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { isStruck } from '../../kit/entry-words.ts';
import { memberNameOf } from '../../kit/member-name.ts';
import { personWords } from '../../kit/person-words.ts';
import { tenderWords } from '../../kit/tender-words.ts';
import { ticketOf } from '../../kit/ticket.ts';
import { TicketFace } from '../../kit/ticket-face.tsx';
import { LOW_SCREEN, useMedia } from '../../kit/use-media.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { phrasesText } from '../../shared/i18n.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { useTopUp } from './form.ts';
import { changeOf } from './paid.ts';
import styles from './ticket.module.css';

const c = classNames(styles);

/** A receipt on request, if the shop prints them. */
function useReceiptAct(entry: Entry) {
  const { t } = useTranslation();
  const isOffered = useTopic('receipts', ({ printer, after }) => printer !== 'none' && after !== 'never');
  return isOffered ? (
    <Button onPress={() => view.open({ kind: 'receipt', entry })}>{t('receipts.print')}</Button>
  ) : undefined;
}

function SavedTicket({ saved }: { readonly saved: Entry }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const link = useTopic('link');
  const entry = useTopic('activity', (activity) => activity.find(({ id }) => id === saved.id)) ?? saved;
  const { look, isSaved, word, line } = ticketOf(entry, link, write, useMedia(LOW_SCREEN));
  const receiptAct = useReceiptAct(entry);
  const name = memberNameOf(t, entry);
  const { tender } = entry.terms;
  const { main, bonus, more } = write.sums(entry);
  // Before → after says it too.
  const isPointsTold = look === 'done' && entry.pointBefore !== null && entry.pointAfter !== null;
  const refusal = entry.kind === 'reversal' ? 'ticket.notTakenBack' : 'ticket.notCredited';
  const sum = write.credit(entry);
  const change = changeOf(entry);
  return (
    <div data-saved={entry.reference}>
      <TicketFace
        look={look}
        number={t('ticket.number', { reference: entry.reference })}
        // Two lines, whoever is there: a person's name is in the place of the till's.
        stub={[entry.storeTime, entry.actor === '' ? till.name : personWords(t, entry.actor)]}
        title={look === 'bad' ? t(refusal, { sum }) : main}
        {...(tender === null || look === 'bad' ? {} : { beside: tenderWords(t, tender) })}
        line={[
          name,
          ...(more === null || look === 'bad' || isPointsTold ? [] : [more]),
          ...(bonus === null || look === 'bad' ? [] : [bonus]),
          ...(line.length > 0 ? [phrasesText(t, line)] : []),
        ].join(t('app.separator'))}
        word={
          <>
            {isSaved && (
              <>
                <span>{t('saved.title')}</span>
                <span className={c('dot')}>{t('app.separator')}</span>
              </>
            )}
            <span>{t(word)}</span>
          </>
        }
        isStruck={isStruck(entry)}
        {...(change === null ? {} : { back: { sum: write.money(change), word: t('form.change') } })}
        {...(receiptAct === undefined || look === 'bad' ? {} : { acts: receiptAct })}
      />
    </div>
  );
}

/** The last committed entry; keeps its place before the first. */
export function Ticket() {
  const { t } = useTranslation();
  const saved = useTopUp((state) => state.saved);
  return (
    <section className={c('slot')} aria-label={t('ticket.region')} aria-live="polite">
      {saved === null ? (
        <p className={c('empty')}>
          <b>{t('ticket.empty')}</b>
          <span className={c('hint')}>{t('ticket.emptyHint')}</span>
        </p>
      ) : (
        <SavedTicket key={saved.id} saved={saved} />
      )}
    </section>
  );
}
