import { type Amount, compareAmounts, subtractAmounts, zeroAmount } from '../../preload/contract/index.ts';
import { addSums } from './decide.ts';
import type { Doubt, SumsInReply } from './next-reply.ts';
import type { Sums } from './undecided.ts';

export interface Contradiction {
  readonly entry: { readonly id: string; readonly increments: Sums };
  /** What the reply says the member held before this entry. */
  readonly before: SumsInReply;
  /** What this till knew better: its own newer reply or reading. */
  readonly baseline: Sums;
  /** Young enough that hardly anybody can have spent meanwhile. */
  readonly isRecent: boolean;
  /** What the till's newest replies had added, each of which a reply from before it would lack. */
  readonly added: readonly Sums[];
  /** Of these nobody can say whether the sums hold them. */
  readonly undecided: readonly Sums[];
  /** A manager has declared that nobody else writes. */
  readonly singleWriter: boolean;
}

/** What the reply lacks of the baseline; what it does not say, it does not lack. */
const lackOf = ({ before, baseline }: Contradiction): Sums => {
  const part = (replied: Amount | null, known: Amount): Amount =>
    replied === null ? zeroAmount : subtractAmounts(known, replied);
  return { balance: part(before.balance, baseline.balance), point: part(before.point, baseline.point) };
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
  for (const one of of.added) {
    newest = addSums(newest, one);
    if (same(lack, newest)) return doubt;
  }
  return same(lack, of.entry.increments) ? doubt : null;
}
