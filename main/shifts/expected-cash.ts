import { type Amount, addAmounts, type CashMove, subtractAmounts } from '../../preload/contract/index.ts';

/** What is said of the cash of a shift. */
export interface CashFacts {
  readonly float: Amount;
  readonly moves: readonly Pick<CashMove, 'kind' | 'amount'>[];
  /** Principal of cash top-ups that were not given back; a bonus is no cash. */
  readonly taken: Amount;
  /** What reversals gave back. */
  readonly reversed: Amount;
  /** Of earlier shifts, refused or cancelled in this one; below nought where reversals were. */
  readonly lateGivenBack: Amount;
}

const sumOf = (moves: CashFacts['moves'], wanted: CashMove['kind']): Amount =>
  addAmounts(...moves.filter(({ kind }) => kind === wanted).map(({ amount }) => amount));

/** What is to be in the drawer. */
export function expectedCash({ float, moves, taken, reversed, lateGivenBack }: CashFacts): Amount {
  const came = addAmounts(float, taken, sumOf(moves, 'paid-in'));
  return subtractAmounts(came, addAmounts(reversed, sumOf(moves, 'paid-out'), lateGivenBack));
}
