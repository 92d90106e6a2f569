import {
  type Amount,
  addAmounts,
  type LogKnowledge,
  type MatchPiles,
  type MatchSides,
  matchPiles,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { HostProfile } from '../../hosts/index.ts';
import type { Match } from './compared.ts';
import { hoursOffOf } from './match.ts';

const nothing: MatchSides = { entries: 0, ours: zeroAmount, rows: 0, kybio: zeroAmount };

const sumOf = (of: readonly { readonly sum: Amount }[]): Amount =>
  addAmounts(zeroAmount, ...of.map(({ sum }) => sum));

const plus = (sides: MatchSides, { entries, lines }: Match): MatchSides => ({
  entries: sides.entries + entries.length,
  ours: addAmounts(sides.ours, sumOf(entries)),
  rows: sides.rows + lines.length,
  kybio: addAmounts(sides.kybio, sumOf(lines)),
});

/** What lies in each pile, and what that adds up to. */
export const pilesOf = (matches: readonly Match[]): MatchPiles =>
  Object.fromEntries(
    matchPiles.map((pile) => [pile, matches.filter((one) => one.pile === pile).reduce(plus, nothing)]),
  ) as MatchPiles;

export const allOf = (matches: readonly Match[]): MatchSides => matches.reduce(plus, nothing);

/** The day that one belongs to: its entry's, or its row's; '' where KYBIO's time is none. */
export const dayOf = ({ entries: [entry], lines: [line] }: Match): string => {
  if (entry !== undefined) return entry.time.slice(0, 10);
  return line === undefined || line.atMs === null ? '' : line.row.datetime.slice(0, 10);
};

/** The piles of each of these days. */
export function pilesByDay(
  matches: readonly Match[],
  days: readonly string[],
): ReadonlyMap<string, MatchPiles> {
  const ofDay = new Map<string, Match[]>(days.map((day) => [day, []]));
  for (const one of matches) ofDay.get(dayOf(one))?.push(one);
  return new Map([...ofDay].map(([day, found]) => [day, pilesOf(found)]));
}

/** By how many hours most of what is off is off; null where nothing is. */
export function hoursOff(matches: readonly Match[]): number | null {
  const times = new Map<number, number>();
  for (const one of matches) {
    if (one.reason !== 'hours-off') continue;
    const hours = hoursOffOf(one);
    times.set(hours, (times.get(hours) ?? 0) + 1);
  }
  const [most] = [...times].sort(([, left], [, right]) => right - left);
  return most?.[0] ?? null;
}

/** What the check-up has found out of the log. */
export function knowledgeOf({ log, checkedAtMs }: HostProfile): LogKnowledge {
  if (log !== null) return 'lists';
  return checkedAtMs > 0 ? 'not-seen' : 'not-asked';
}
