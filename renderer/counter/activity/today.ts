import { addAmounts, dateFormat } from '../../../preload/contract/app/values.ts';
import type { Amount, DisclosedSums, Snapshot } from '../../../preload/contract/index.ts';

/** Entries being checked, or in review. */
export const openSums = ({ checking, review }: Snapshot['today']): DisclosedSums => ({
  entries: checking.entries + review.entries,
  balance: both(checking.balance, review.balance),
  bonus: both(checking.bonus, review.bonus),
  point: both(checking.point, review.point),
});

/** Hidden if either is hidden. */
const both = (one: Amount | null, other: Amount | null): Amount | null =>
  one === null || other === null ? null : addAmounts(one, other);

/** `2026-11-26` as `Thursday 26 November`. */
export function dayWords(day: string, locale: string): string {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms)) return '';
  const how = { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' } as const;
  return dateFormat(locale, how).format(ms);
}
