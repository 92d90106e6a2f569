import { type Amount, compareAmounts } from '../../preload/contract/index.ts';

/** What a member held, as somebody said; null where a part was not told. */
export interface ToldSums {
  readonly balance: Amount | null;
  readonly point: Amount | null;
}

export interface Told {
  /** What the host says the member held, at a moment at which nothing of ours was on its way. */
  readonly told: ToldSums;
  /** What this till knew of the member then, its own increments in it; null where it knew nothing. */
  readonly known: { readonly balance: Amount; readonly point: Amount } | null;
  /** Something of ours is in these sums or not, and nobody can say which. */
  readonly isOursUnclear: boolean;
}

/**
 * Whether what the host tells of a member fits an account in which nothing but this till changes sums. Up or down, in
 * money or in points: whatever differs, somebody else has written. Pure.
 */
export function declarationHeld({ told, known, isOursUnclear }: Told): 'fits' | 'says-nothing' | 'false' {
  if (known === null || isOursUnclear) return 'says-nothing';
  const differs = (sum: Amount | null, before: Amount) => sum !== null && compareAmounts(sum, before) !== 0;
  if (differs(told.balance, known.balance) || differs(told.point, known.point)) return 'false';
  return told.balance === null || told.point === null ? 'says-nothing' : 'fits';
}
