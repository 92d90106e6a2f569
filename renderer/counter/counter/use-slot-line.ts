import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { masked, somethingOf, storeMoment } from '../../kit/format.ts';
import { isolated } from '../../kit/isolated.ts';
import { tenderWords } from '../../kit/tender-words.ts';
import { useKeys } from '../../kit/touch.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { joinSentences, phraseText } from '../../shared/i18n.ts';
import { useErrorWords } from '../../shared/other-words.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useTopUp } from './form.ts';
import { readAmount } from './paid.ts';
import { memberLine, refusedLine, type SlotLine } from './slot-line.ts';
import { rulesOf } from './top-up.ts';
import { carriedFrom, isAnythingTyped } from './top-up-state.ts';

export interface ShownLine extends Pick<SlotLine, 'tone' | 'acts' | 'entry'> {
  readonly text: string;
}

const said = (tone: SlotLine['tone'], text: string, acts: SlotLine['acts'] = []): ShownLine => ({
  tone,
  text,
  acts,
  entry: null,
});

/** "S$35.00 for Nur Aisyah was dropped." */
function useDroppedWords(): string | null {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const dropped = useTopUp((state) => state.dropped);
  if (dropped === null) return null;
  const { member, memberText, typed } = dropped;
  if (member === null && memberText.trim() === '') return t('form.droppedTyped');
  const name = isolated(member?.name || masked(member?.number ?? memberText));
  const rules = rulesOf(till);
  const amount = readAmount(typed.amountText, rules.amount);
  const points = readAmount(typed.pointsText, rules.points);
  if (!amount.ok || !points.ok) return t('form.dropped', { name });
  const isSum = somethingOf(amount.value) || somethingOf(points.value);
  return isSum
    ? t('form.droppedSum', { name, sum: write.both(amount.value, points.value) })
    : t('form.dropped', { name });
}

/** Warns that the sums were typed for another member. */
function useCarriedWords(): string | null {
  const { t } = useTranslation();
  const member = useTopUp((state) => state.member);
  const before = useTopUp(carriedFrom);
  if (member === null || before === null) return null;
  const nameOf = (name: string, number: string) =>
    isolated(name || t('member.unnamed', { number: masked(number) }));
  return t('form.carried', {
    name: nameOf(member.name, member.number),
    before: nameOf(before.name, before.number),
  });
}

/** What the slot says below the member, or below the field while nobody is up. */
export function useSlotLine(): ShownLine {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const hasKeys = useKeys();
  const activity = useTopic('activity');
  const member = useTopUp((state) => state.member);
  const looking = useTopUp((state) => state.looking);
  const wrong = useErrorWords(useTopUp((state) => state.lookupError));
  const isOnce = useTopUp((state) => state.isOnce);
  const isTyped = useTopUp(isAnythingTyped);
  const dropped = useDroppedWords();
  const carried = useCarriedWords();
  const brief = (entry: Entry) => {
    const { tender } = entry.terms;
    return [
      storeMoment(entry.createdAtMs, Date.now(), till.storeTimeZone, till.language),
      write.both(entry.balanceIncrement, entry.pointIncrement, entry.terms.bonus),
      ...(tender === null ? [] : [tenderWords(t, tender)]),
    ].join(t('app.separator'));
  };
  const words = { both: write.both, brief, locale: till.language };
  const undo = dropped === null ? [] : (['undo'] as const);
  if (wrong !== undefined)
    return said('bad', joinSentences(t, dropped === null ? [wrong] : [wrong, dropped]), undo);
  if (looking === 'told' || looking === 'slow') {
    return said('quiet', t(looking === 'told' ? 'form.looking' : 'form.lookingSlow'), undo);
  }
  if (carried !== null) return said('warn', carried);
  const line = member === null ? refusedLine(activity, words) : memberLine(member, words);
  // Once something is typed for the next member, what stands open for them comes first.
  const isUrgent = isTyped && (line?.tone === 'warn' || line?.tone === 'bad');
  if (dropped !== null && !isUrgent) return said('warn', dropped, undo);
  if (isOnce) return said('quiet', t('again.nothing'));
  if (line === null) return said('quiet', t(hasKeys ? 'form.emptyTouch' : 'form.empty'));
  const { tone, acts, entry, phrases } = line;
  return {
    tone,
    acts,
    entry,
    text: joinSentences(
      t,
      phrases.map((phrase) => phraseText(t, phrase)),
    ),
  };
}
