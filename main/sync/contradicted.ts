import { type Amount, compareAmounts, subtractAmounts, zeroAmount } from '../../preload/contract/index.ts';
import { addSums } from './decide.ts';
import type { Doubt, ToldSums } from './next-reply.ts';
import type { Sums } from './undecided.ts';

export interface Contradiction {
  readonly entry: { readonly id: string; readonly increments: Sums };
  /** What the reply says the member held before this entry. */
  readonly before: ToldSums;
  /** What this till knew better: its own newer reply or reading. */
  readonly believed: Sums;
  /** Young enough that hardly anybody can have spent meanwhile. */
  readonly isRecent: boolean;
  /** What the till's newest replies had added, each of which a reply from before it would lack. */
  readonly replied: readonly Sums[];
  /** Of these nobody can say whether the sums hold them. */
  readonly undecided: readonly Sums[];
  /** A manager has declared that nobody else writes. */
  readonly singleWriter: boolean;
}

/** What the reply lacks of what was believed; what it does not tell, it does not lack. */
const lackOf = ({ before, believed }: Contradiction): Sums => {
  const part = (told: Amount | null, known: Amount): Amount =>
    told === null ? zeroAmount : subtractAmounts(known, told);
  return { balance: part(before.balance, believed.balance), point: part(before.point, believed.point) };
};

const isZero = ({ balance, point }: Sums): boolean =>
  compareAmounts(balance, zeroAmount) === 0 && compareAmounts(point, zeroAmount) === 0;

const isLess = ({ balance, point }: Sums): boolean =>
  compareAmounts(balance, zeroAmount) > 0 || compareAmounts(point, zeroAmount) > 0;

const same = (left: Sums, right: Sums): boolean =>
  compareAmounts(left.balance, right.balance) === 0 && compareAmounts(left.point, right.point) === 0;

/**
 * A success whose sums before are older than what this till knows: a cache or a proxy may have said an earlier one
 * once more, and the entry that it confirms may never have arrived. Where others write, somebody may have spent
 * meanwhile: there only what is exactly the till's own, and young, is asked about.
 */
export function doubtOfContradiction(of: Contradiction): Doubt | null {
  const lack = lackOf(of);
  if (isZero(lack) || of.undecided.length > 0) return null;
  const doubt: Doubt = { entryId: of.entry.id, kind: 'possible-missing' };
  if (of.singleWriter) return isLess(lack) ? doubt : null;
  if (!of.isRecent) return null;
  let newest: Sums = { balance: zeroAmount, point: zeroAmount };
  for (const one of of.replied) {
    newest = addSums(newest, one);
    if (same(lack, newest)) return doubt;
  }
  return same(lack, of.entry.increments) ? doubt : null;
}
