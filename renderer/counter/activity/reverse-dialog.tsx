import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  currencyDecimals,
  isZeroAmount,
  negateAmount,
  ok,
  parseAmount,
  separators,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type { Amount, ChannelReply, Entry } from '../../../preload/contract/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Facts } from '../../kit/facts.tsx';
import { currencySymbol, somethingOf } from '../../kit/format.ts';
import { Note } from '../../kit/note.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { useWriter } from '../../kit/use-writer.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { errorText } from '../../shared/i18n.ts';
import { useTill } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';
import { paidFor, topUp } from '../counter/index.ts';

type Plan = ChannelReply<'entries:planReversal'>;

/** Main's plan of the reversal; `again` repeats the query. */
function usePlan({ id }: Entry, part: Amount | null) {
  const asked = useQuery(async () => {
    const reply = await bridge.entriesPlanReversal({ id, ...(part === null ? {} : { principal: part }) });
    return reply.ok ? ok({ part, plan: reply.value }) : reply;
  }, [id, part]);
  return {
    plan: asked.failure === null && asked.value?.part === part ? asked.value.plan : null,
    failure: asked.failure,
    again: asked.askAgain,
  };
}

/** What is taken, and the spent bonus that is written off. */
function PlanWords({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const { take, holds, isRounded } = plan;
  const facts = [
    ['principal', write.money(take.principal)],
    ['bonus', write.money(take.bonus)],
    ['points', write.plain(take.points)],
    ...(holds === null ? [] : [['holds', write.money(holds)] as const]),
  ] as const;
  return (
    <>
      <Facts facts={facts.map(([key, value]) => [t(`reverse.facts.${key}`), value] as const)} />
      {isRounded && <p>{t('reverse.rounded')}</p>}
      {somethingOf(take.letGo) && (
        <Note tone="warn" isNews>
          {t('reverse.shortfall', {
            holds: write.money(holds ?? zeroAmount),
            letGo: write.money(take.letGo),
          })}
        </Note>
      )}
    </>
  );
}

/** A typed part of the principal; empty is the whole. */
function usePart(entry: Entry) {
  const till = useTill();
  const [text, setText] = useState('');
  const decimals = currencyDecimals(till.currency);
  const read = parseAmount(text, { ...separators(till.language), decimals, cap: paidFor(entry) });
  const isWhole = !read.ok && read.error === 'empty';
  return { text, setText, part: read.ok ? read.value : null, isWrong: !read.ok && !isWhole };
}

export function ReverseDialog({ entry, requestId }: { readonly entry: Entry; readonly requestId: string }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const { text, setText, part, isWrong } = usePart(entry);
  const { plan, failure, again } = usePlan(entry, part);
  // Without a bonus the lead says it all.
  const isShown = entry.terms.bonus !== null || part !== null;
  const principal = paidFor(entry);
  const { balanceIncrement, pointIncrement } = entry;
  const name = entry.memberName || t('member.unnamed', { number: entry.memberNumber });
  const taken = write.signed(negateAmount(balanceIncrement), negateAmount(pointIncrement));
  return (
    <PinDialog
      title={t('reverse.title', { reference: entry.reference })}
      lead={t('reverse.lead', {
        what: write.both(balanceIncrement, pointIncrement),
        name,
      })}
      action={t('reverse.confirm')}
      act="reversal"
      again="entries:reverse"
      ticket={isShown ? undefined : { title: taken, lines: [name] }}
      check={() => !isWrong && (!isShown || plan !== null)}
      send={(pin) =>
        bridge.entriesReverse({
          id: entry.id,
          requestId,
          pin,
          ...(isShown && plan !== null ? { take: plan.take } : {}),
        })
      }
      onDone={topUp.showSaved}
      onFailure={({ code }) => {
        if (code === 'reversal-changed') again();
        return false;
      }}
    >
      {!isZeroAmount(principal) && (
        <TextBox
          label={t('reverse.part')}
          hint={t('reverse.partHint', { sum: write.money(principal) })}
          unit={currencySymbol(till.currency, till.language)}
          inputMode="decimal"
          digits="sum"
          value={text}
          onChange={setText}
          error={isWrong ? t('reverse.partWrong', { sum: write.money(principal) }) : undefined}
        />
      )}
      {isShown && plan !== null && <PlanWords plan={plan} />}
      {isShown && failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
    </PinDialog>
  );
}
