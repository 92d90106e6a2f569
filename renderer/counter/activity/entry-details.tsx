import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { givesAs } from '../../../preload/contract/app/values.ts';
import type { Amount, Entry, EntryRule, Till } from '../../../preload/contract/index.ts';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { isReceiptLast, meansOf } from '../../kit/entry-words.ts';
import { type Fact, Facts } from '../../kit/facts.tsx';
import { somethingOf, storeMoment } from '../../kit/format.ts';
import { memberNameOf } from '../../kit/member-name.ts';
import { personWords } from '../../kit/person-words.ts';
import { StateTag } from '../../kit/tag.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { phraseText } from '../../shared/i18n.ts';
import { openCancel, openReverse, openReview, openTender } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';
import { useView, view } from '../../shared/view.ts';
import { paidFor, RefusedActs } from '../counter/index.ts';
import styles from './entry-details.module.css';
import { changeFacts } from './paid-otherwise.ts';
import { useTenderChanges } from './tender-changes.ts';

const c = classNames(styles);

function change(
  t: TFunction,
  before: Amount | null,
  after: Amount | null,
  say: (value: Amount) => string,
): string | null {
  if (before === null || after === null) return null;
  return t('entry.beforeAfter', { before: say(before), after: say(after) });
}

const approverOf = (t: TFunction, { terms: { approvedBy } }: Entry): string | null =>
  approvedBy === null ? null : personWords(t, approvedBy);

/** A manager's decision, and what was read for it. */
function decisionFacts(t: TFunction, { decision, ...entry }: Entry, till: Till, write: SumWriter) {
  if (decision === null) return [];
  const { as, known, read, atMs } = decision;
  const time = storeMoment(atMs, Date.now(), till.storeTimeZone, till.language);
  const moved = (part: 'balance' | 'point', say: (value: Amount) => string) =>
    read === null ? null : (change(t, known?.[part] ?? null, read[part], say) ?? say(read[part]));
  return [
    ['decidedBy', t(`entry.decided.${as}`, { who: personWords(t, decision.who), time })],
    ['read', somethingOf(entry.balanceIncrement) ? moved('balance', write.money) : null],
    ['readPoints', somethingOf(entry.pointIncrement) ? moved('point', write.plain) : null],
  ] as const;
}

function bonusOf(t: TFunction, { terms: { bonus, rule } }: Entry, write: SumWriter): string | null {
  if (bonus === null) return null;
  return rule === null ? write.money(bonus) : t('entry.bonusBy', { sum: write.money(bonus), rule });
}

function factsOf(t: TFunction, entry: Entry, till: Till, write: SumWriter): readonly Fact[] {
  const { balanceIncrement, pointIncrement, terms } = entry;
  const rows: readonly (readonly [string, string | null])[] = [
    ['member', entry.memberNumber],
    ['kind', t(`entry.kinds.${entry.kind}`)],
    ['amount', somethingOf(balanceIncrement) ? write.money(paidFor(entry)) : null],
    ['bonus', bonusOf(t, entry, write)],
    ['purchase', terms.purchase === null ? null : write.money(terms.purchase)],
    ['reason', terms.reason],
    ['bonusLetGo', terms.bonusLetGo === null ? null : write.money(terms.bonusLetGo)],
    ['tender', terms.tender === null ? null : tenderWords(t, terms.tender)],
    ['given', terms.given === null ? null : write.money(terms.given)],
    ['points', somethingOf(pointIncrement) ? write.plain(pointIncrement) : null],
    ['balance', change(t, entry.balanceBefore, entry.balanceAfter, write.money)],
    ['pointBalance', change(t, entry.pointBefore, entry.pointAfter, write.plain)],
    ['note', entry.note],
    ['actor', personWords(t, entry.actor)],
    ['approvedBy', approverOf(t, entry)],
    ...decisionFacts(t, entry, till, write),
    ['time', storeMoment(entry.createdAtMs, Date.now(), till.storeTimeZone, till.language)],
    ['attempts', String(entry.attempts)],
    ['cause', entry.cause === null ? null : t(`causes.${entry.cause}`)],
    ['messages', entry.messages.join(t('app.separator'))],
  ];
  return rows.flatMap(([key, value]) =>
    value === null || value === '' ? [] : [[t(`entry.facts.${key}`), value] as const],
  );
}

/** Queries an entry that no list has: the opened one is a copy. */
function useFresh(opened: Entry, isListed: boolean): Entry {
  const activity = useTopic('activity');
  const ask = isListed ? null : () => bridge.findRows({ ids: [opened.id] });
  const [fresh] = useQuery(ask, [opened.id, activity]).value?.entries ?? [];
  return fresh?.id === opened.id ? fresh : opened;
}

/** Opens the member; hidden on the member's own screen. */
function MemberButton({ entry: { customerUid, memberName } }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const kind = useView(({ screen }) => screen.kind);
  if (kind === 'member') return null;
  const member = { customerUid, name: memberName };
  return (
    <Button onPress={() => view.show({ kind: 'member', member, from: kind === 'find' ? 'find' : 'till' })}>
      {t('entry.ofMember')}
    </Button>
  );
}

export function EntryDetails({ entry: opened }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const current = useTill();
  const write = useWriter(current.currency, current.language);
  const isIt = ({ id }: Entry) => id === opened.id;
  const listed = useTopic('activity', (activity) => activity.find(isIt));
  const fresh = useFresh(opened, listed !== undefined);
  const entry = listed ?? fresh;
  const rule = useRuleOf(entry);
  const paid = useTenderChanges(entry);
  const ofRule = rule === null ? [] : ruleFacts(t, rule, current, write);
  const name = memberNameOf(t, entry);
  const isLast = isReceiptLast(entry);
  const receipt = (
    <Button onPress={() => view.open({ kind: 'receipt', entry })}>{t('receipts.print')}</Button>
  );
  return (
    <DialogFrame
      title={[t('entry.title', { reference: entry.reference }), name].join(t('app.separator'))}
      onClose={view.close}
    >
      <div className={c('means')}>
        <StateTag entry={entry} />
        <p>{phraseText(t, meansOf(entry, write))}</p>
      </div>
      <Facts facts={[...factsOf(t, entry, current, write), ...ofRule, ...changeFacts(t, paid, current)]} />
      <Answers>
        {!isLast && receipt}
        {entry.canCancel && (
          <Button look="danger" onPress={() => openCancel(entry)}>
            {t('entry.cancel')}
          </Button>
        )}
        {entry.canReverse && <Button onPress={() => openReverse(entry)}>{t('entry.reverse')}</Button>}
        {paid.ways.length > 0 && (
          <Button onPress={() => openTender(entry, paid.ways)}>{t('activity.paidOtherwise')}</Button>
        )}
        {entry.state === 'rejected' && <RefusedActs entry={entry} />}
        <MemberButton entry={entry} />
        {entry.state === 'review' && <Button onPress={() => openReview(entry.id)}>{t('review.open')}</Button>}
        {isLast && receipt}
      </Answers>
    </DialogFrame>
  );
}

/** Null without a bonus, and until main has answered. */
function useRuleOf({ id, terms }: Entry): EntryRule | null {
  return useQuery(terms.bonus === null ? null : () => bridge.rulesOfEntry({ id }), [id]).value?.rule ?? null;
}

function ruleFacts(t: TFunction, rule: EntryRule, till: Till, write: SumWriter): readonly Fact[] {
  const { version, savedAtMs, kind } = rule;
  const tier = {
    from: write.money(rule.from),
    gives: givesAs[kind] === 'money' ? write.money(rule.gives) : write.plain(rule.gives),
  };
  const saved =
    savedAtMs === null ? null : storeMoment(savedAtMs, Date.now(), till.storeTimeZone, till.language);
  return [
    [t('rules.ofEntry.tier'), t(`rules.ofEntry.gives.${kind}`, tier)],
    [
      t('rules.ofEntry.version'),
      saved === null ? String(version) : t('rules.ofEntry.savedAt', { version, saved }),
    ],
  ];
}
