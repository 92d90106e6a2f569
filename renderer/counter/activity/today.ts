import { addAmounts, dateFormat } from '../../../preload/contract/app/values.ts';
import type { Amount, Snapshot, ToldSums } from '../../../preload/contract/index.ts';

/** What is neither done nor refused, and nobody knows yet: being checked, or for a manager. */
export const openSums = ({ checking, review }: Snapshot['today']): ToldSums => ({
  entries: checking.entries + review.entries,
  balance: both(checking.balance, review.balance),
  point: both(checking.point, review.point),
});

/** What is not told of one is not told of both. */
const both = (one: Amount | null, other: Amount | null): Amount | null =>
  one === null || other === null ? null : addAmounts(one, other);

/** `Thursday 26 November`, of a day that is written `2026-11-26`. */
export function dayWords(day: string, locale: string): string {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms)) return '';
  return dateFormat(locale, {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(ms);
}
