import { addAmounts, dateFormat } from '../../../preload/contract/app/values.ts';
import type { EntrySums, Snapshot } from '../../../preload/contract/index.ts';

/** Entries being checked, or in review. */
export const openSums = ({ checking, review }: Snapshot['today']): EntrySums => ({
  entries: checking.entries + review.entries,
  balance: addAmounts(checking.balance, review.balance),
  bonus: addAmounts(checking.bonus, review.bonus),
  point: addAmounts(checking.point, review.point),
});

/** `2026-11-26` as `Thursday 26 November`. */
export function dayWords(day: string, locale: string): string {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms)) return '';
  const how = { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' } as const;
  return dateFormat(locale, how).format(ms);
}
