import { compareAmounts } from '../../../preload/contract/app/values.ts';
import type { Entry } from '../../../preload/contract/index.ts';
import type { Phrase } from '../../kit/phrase.ts';
import { paidFor } from './paid.ts';
import { principalOf, type TopUp } from './top-up.ts';

/** As main compares: the same principal, whatever the bonus. */
const isSame = (entry: Entry, wish: TopUp): boolean =>
  entry.customerUid === wish.customerUid &&
  entry.state !== 'cancelled' &&
  entry.state !== 'rejected' &&
  compareAmounts(paidFor(entry), principalOf(wish)) === 0 &&
  compareAmounts(entry.pointIncrement, wish.pointIncrement) === 0;

interface Query {
  readonly sum: string;
  readonly name: string;
  readonly nowMs: number;
}

/** "S$50.00 for Tan Mei Ling was entered 2 minutes ago. Enter it again?" */
export function againPhrase(activity: readonly Entry[], wish: TopUp, { sum, name, nowMs }: Query): Phrase {
  const times = activity.filter((entry) => isSame(entry, wish)).map((entry) => entry.createdAtMs);
  if (times.length === 0) return { key: 'again.lately', values: { sum, name } };
  const minutes = Math.floor((nowMs - Math.max(...times)) / 60_000);
  return minutes < 1
    ? { key: 'again.justNow', values: { sum, name } }
    : { key: 'again.ago', values: { sum, name, count: minutes } };
}
