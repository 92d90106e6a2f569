import {
  type Amount,
  addAmounts,
  type Cell,
  type EntryState,
  foldCells,
  type ShiftCount,
  type ShiftTender,
  subtractAmounts,
} from '../../../preload/contract/index.ts';
import { countedOf } from './count.ts';
import { tendersIn } from './figures.ts';

export interface TenderFacts {
  /** Including cash moves. */
  readonly cells: readonly Cell[];
  readonly float: Amount;
  readonly drawer: 'own' | 'elsewhere';
  /** Null before a count was committed. */
  readonly count: ShiftCount | null;
}

const statesOf = {
  done: ['confirmed'],
  waiting: ['queued', 'sending'],
  checking: ['unknown'],
  review: ['review'],
} as const satisfies Readonly<Record<string, readonly EntryState[]>>;

/** One row for each tender: taken, expected and counted. */
export function tenderRows(facts: TenderFacts): ShiftTender[] {
  const { cells, float, drawer, count } = facts;
  const counted = count?.tenders.map(({ tender }) => tender) ?? [];
  return tendersIn(cells, counted).map((tender) => {
    const own = cells.filter((cell) => cell.tender === tender);
    const { lines, held } = foldCells(own);
    const inStates = (states: readonly EntryState[]) =>
      foldCells(own.filter(({ state }) => states.includes(state))).lines.taken.principal;
    const expected = tender === 'cash' ? addAmounts(float, held) : held;
    const [isToBe, is] = [
      tender === null ? null : expected,
      count === null ? null : countedOf(count, tender, drawer),
    ];
    return {
      tender,
      taken: lines.taken.principal,
      reversed: lines.reversed.principal,
      lateGivenBack: lines.late.principal,
      done: inStates(statesOf.done),
      waiting: inStates(statesOf.waiting),
      checking: inStates(statesOf.checking),
      review: inStates(statesOf.review),
      expected: isToBe,
      counted: is,
      variance: isToBe === null || is === null ? null : subtractAmounts(is, isToBe),
    };
  });
}
