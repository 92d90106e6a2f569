import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  addAmounts,
  currencyDecimals,
  isZeroAmount,
  negateAmount,
  ok,
  parseAmount,
  separators,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type { Amount, ChannelReply, Entry } from '../../../preload/contract/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Facts } from '../../kit/facts.tsx';
import { currencySymbol, somethingOf } from '../../kit/format.ts';
import { memberNameOf } from '../../kit/member-name.ts';
import { Note } from '../../kit/note.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { TextBox } from '../../kit/text-box.tsx';
import { useWriter } from '../../kit/use-writer.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { errorText } from '../../shared/i18n.ts';
import { useTill } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';
import { paidFor, topUp } from '../counter/index.ts';

type Plan = ChannelReply<'entries:planReversal'>;

/** Main's plan of the reversal: the whole reads the member, once; `again` repeats both. */
function usePlan({ id }: Entry, part: Amount | null) {
  const whole = useQuery(() => bridge.entriesPlanReversal({ id }), [id]);
  const partial = useQuery(
    part === null
      ? null
      : async () => {
          const reply = await bridge.entriesPlanReversal({ id, principal: part });
          return reply.ok ? ok({ part, plan: reply.value }) : reply;
        },
    [id, part],
  );
  const failure = whole.failure ?? partial.failure;
  const ofPart = partial.value?.part === part ? partial.value.plan : null;
  const plan = part === null ? whole.value : ofPart;
  return {
    plan: failure === null && whole.value !== null ? plan : null,
    isRead: whole.value?.isRead === true,
    failure,
    again: () => {
      whole.askAgain();
      partial.askAgain();
    },
  };
}

const isBelowZero = (sum: Amount): boolean => sum.startsWith('-');
const shortOf = (sum: Amount): Amount => (isBelowZero(sum) ? negateAmount(sum) : zeroAmount);

interface PlanProps {
  readonly entry: Entry;
  readonly plan: Plan;
  readonly isRead: boolean;
}

/** What is paid back and by which way, as every report counts it, and what is taken; the same rows for any part. */
function useTaken(entry: Entry, { take }: Plan) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const sum = write.money(take.principal);
  const { tender, bonus } = entry.terms;
  const way = tender === 'cash' ? 'inCash' : 'by';
  const paid = tender === null ? sum : t(`reverse.paid.${way}`, { sum, tender: tenderWords(t, tender) });
  return [
    ...(isZeroAmount(paidFor(entry)) ? [] : [['principal', paid] as const]),
    ...(bonus === null ? [] : [['bonus', write.money(take.bonus)] as const]),
    ...(somethingOf(entry.pointIncrement) ? [['points', write.plain(take.points)] as const] : []),
  ];
}

/** What is taken, what the member has before and after, and what is missing or written off. */
function PlanWords({ entry, plan, isRead }: PlanProps) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const taken = useTaken(entry, plan);
  const { take, holds, isRounded } = plan;
  const after = holds && {
    balance: subtractAmounts(holds.balance, addAmounts(take.principal, take.bonus)),
    point: subtractAmounts(holds.point, take.points),
  };
  // Points are named where they change.
  const sums = ({ balance, point }: NonNullable<Plan['holds']>) =>
    somethingOf(take.points)
      ? t('form.thenBoth', { balance: write.money(balance), points: write.points(point) })
      : write.money(balance);
  const facts = [
    ...taken,
    ...(holds === null ? [] : [['holds', sums(holds)] as const]),
    ...(after === null ? [] : [['after', sums(after)] as const]),
  ];
  const isShort = after !== null && (isBelowZero(after.balance) || isBelowZero(after.point));
  return (
    <>
      <Facts facts={facts.map(([key, value]) => [t(`reverse.facts.${key}`), value] as const)} />
      {isRounded && <p>{t('reverse.rounded')}</p>}
      {!isRead && <p>{t('reverse.notRead')}</p>}
      {somethingOf(take.letGo) && (
        <Note tone="warn" isNews>
          {t('reverse.shortfall', {
            holds: write.money(holds?.balance ?? zeroAmount),
            letGo: write.money(take.letGo),
          })}
        </Note>
      )}
      {isShort && (
        <Note tone="warn" isNews>
          {t('reverse.belowZero', { short: write.both(shortOf(after.balance), shortOf(after.point)) })}
        </Note>
      )}
    </>
  );
}

/** What leaves the member's account: as planned, else as typed, else all of it. */
function takenSums(entry: Entry, take: Plan['take'] | null, part: Amount | null) {
  if (take !== null) return { balance: addAmounts(take.principal, take.bonus), point: take.points };
  return {
    balance: part ?? entry.balanceIncrement,
    point: part === null ? entry.pointIncrement : zeroAmount,
  };
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
  const { plan, isRead, failure, again } = usePlan(entry, part);
  const [shown, show] = useState(plan);
  // While a part is asked about, the rows of before hold their place.
  if (plan !== null && plan !== shown) show(plan);
  const principal = paidFor(entry);
  const name = memberNameOf(t, entry);
  const what = takenSums(entry, plan?.take ?? null, part);
  const taken = write.signed(negateAmount(what.balance), negateAmount(what.point));
  return (
    <PinDialog
      title={t('reverse.title', { reference: entry.reference })}
      lead={t('reverse.lead', {
        what: write.both(what.balance, what.point),
        name,
      })}
      action={t('reverse.confirm')}
      act="reversal"
      again="entries:reverse"
      ticket={{ title: taken, lines: [name] }}
      isWaiting={plan === null && failure === null}
      check={() => !isWrong && plan !== null}
      send={(pin) =>
        bridge.entriesReverse({
          id: entry.id,
          requestId,
          pin,
          ...(plan === null ? {} : { take: plan.take }),
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
      {shown !== null && failure === null && <PlanWords entry={entry} plan={shown} isRead={isRead} />}
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
    </PinDialog>
  );
}
