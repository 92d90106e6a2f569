import type { EntrySums, Snapshot } from '../../../preload/contract/index.ts';
import { addAmounts, dateFormat } from '../../../preload/contract/values.ts';

/** What is neither done nor refused, and nobody knows yet: being checked, or for a manager. */
export const openSums = ({ checking, review }: Snapshot['today']): EntrySums => ({
  entries: checking.entries + review.entries,
  balance: addAmounts(checking.balance, review.balance),
  point: addAmounts(checking.point, review.point),
});

/** `Thursday 26 November`, of a store day that is written `2026-11-26`. */
export function dayWords(storeDay: string, locale: string): string {
  const ms = Date.parse(`${storeDay}T00:00:00Z`);
  if (Number.isNaN(ms)) return '';
  return dateFormat(locale, {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(ms);
}
