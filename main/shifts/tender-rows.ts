import {
  type Amount,
  addAmounts,
  type CashMove,
  type EntryState,
  type LateEntry,
  negateAmount,
  type ShiftCell,
  type ShiftCount,
  type ShiftTender,
  subtractAmounts,
  zeroAmount,
} from '../../preload/contract/index.ts';
import { countedOf } from './count.ts';
import { expectedCash } from './expected-cash.ts';
import { isGivenBack, sumOf, tendersIn } from './figures.ts';

export interface TenderFacts {
  readonly cells: readonly ShiftCell[];
  /** Without those that are not settled yet. */
  readonly late: readonly LateEntry[];
  readonly float: Amount;
  readonly moves: readonly CashMove[];
  readonly drawer: 'own' | 'elsewhere';
  /** Null before one was committed. */
  readonly count: ShiftCount | null;
}

const statesOf = {
  done: ['confirmed'],
  waiting: ['queued', 'sending'],
  checking: ['unknown'],
  review: ['review'],
} as const satisfies Readonly<Record<string, readonly EntryState[]>>;

/** By tender: what was taken, what is to be there, and what was. */
export function tenderRows(facts: TenderFacts): ShiftTender[] {
  const { cells, late, float, moves, drawer, count } = facts;
  const counted = count?.tenders.map(({ tender }) => tender) ?? [];
  return tendersIn(cells, late, counted).map((tender) => {
    const of = (holds: (cell: ShiftCell) => boolean) =>
      sumOf(cells, 'principal', (cell) => cell.tender === tender && !isGivenBack(cell.state) && holds(cell));
    const inStates = (states: readonly EntryState[]) =>
      of(({ isReversal, state }) => !isReversal && states.includes(state));
    const taken = of(({ isReversal }) => !isReversal);
    const reversed = negateAmount(of(({ isReversal }) => isReversal));
    const lateGivenBack = addAmounts(
      zeroAmount,
      ...late
        .filter((entry) => entry.tender === tender && isGivenBack(entry.state))
        .map(({ principal }) => principal),
    );
    const expected = (): Amount | null => {
      if (tender === null) return null;
      if (tender === 'cash') return expectedCash({ float, moves, taken, reversed, lateGivenBack });
      return subtractAmounts(taken, addAmounts(reversed, lateGivenBack));
    };
    const [isToBe, is] = [expected(), count === null ? null : countedOf(count, tender, drawer)];
    return {
      ...{ tender, taken, reversed, lateGivenBack },
      done: inStates(statesOf.done),
      waiting: inStates(statesOf.waiting),
      checking: inStates(statesOf.checking),
      review: inStates(statesOf.review),
      ...{ expected: isToBe, counted: is },
      variance: isToBe === null || is === null ? null : subtractAmounts(is, isToBe),
    };
  });
}
