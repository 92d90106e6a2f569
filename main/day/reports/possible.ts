import { type Amount, amount, compareAmounts, type ShiftReport } from '../../../preload/contract/index.ts';
import type { ZFacts } from './z-facts.ts';

/** Longer than any till's, and short enough that those of as many reports as are kept can be added up. */
const MOST = amount(`1${'0'.repeat(21)}`);
const LEAST = amount(`-${MOST}`);
const MOST_ENTRIES = 1_000_000_000;
/** Where the calendar of this program ends. */
const LAST_MS = 8_640_000_000_000_000;

const isPossible = (value: Amount | null): boolean =>
  value === null || (compareAmounts(value, MOST) < 0 && compareAmounts(value, LEAST) > 0);

/** Its sums can be added up with others. Pure. */
export function hasPossibleSums(report: ShiftReport): boolean {
  const { cells, before = [], moves, tenders, unsettled, late, takenUp = [] } = report;
  const { afterPaper = [], opening } = report;
  const sums = [
    ...[report.bonus, report.points],
    ...tenders.flatMap(({ tender: _, ...row }) => Object.values(row)),
    ...(opening === undefined ? [] : [opening.counted, opening.uncounted]),
    ...moves.map(({ amount: moved }) => moved),
    ...[...cells, ...before, ...unsettled, ...late, ...takenUp, ...afterPaper].flatMap(
      ({ principal, bonus, points }) => [...[principal, bonus, points ?? null]],
    ),
  ];
  return sums.every(isPossible);
}

function isDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === day;
}

/** It can be counted, and told by its day and time. Pure. */
export const isPossibleZ = ({ entries, closedAtMs, businessDay }: ZFacts): boolean =>
  entries <= MOST_ENTRIES && closedAtMs <= LAST_MS && isDay(businessDay);
