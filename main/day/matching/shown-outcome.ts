import {
  type MatchPile,
  type MatchSummary,
  matchPiles,
  type ShiftDay,
} from '../../../preload/contract/index.ts';
import { storeDay } from '../../kernel/store-time.ts';
import type { Outcome } from './compare-with-log.ts';
import type { DayMatch } from './day-match.ts';
import type { Job } from './job.ts';
import { allOf, hoursOff, pilesOf } from './summary.ts';

const byPile = <T>(of: (pile: MatchPile) => T): Record<MatchPile, T> =>
  Object.fromEntries(matchPiles.map((pile) => [pile, of(pile)])) as Record<MatchPile, T>;

/** How the piles stand. */
export const shownSummary = (
  { matches, logEndsAt, pointsOnly, before }: Outcome,
  { askedAtMs }: Job,
  log: MatchSummary['log'],
): MatchSummary => ({
  piles: pilesOf(matches),
  all: allOf(matches),
  askedAtMs,
  log,
  pointsOnly,
  before,
  hoursOff: hoursOff(matches),
  logEndsAt: logEndsAt?.slice(0, 40) ?? null,
});

/** What a day's report shows of its match. */
export function shownDay(day: string, match: DayMatch | null, storeTimeZone: string): ShiftDay {
  if (match === null) return { day, match: null };
  const { askedAtMs, by, piles } = match;
  const counts = byPile((pile) => ({ entries: piles[pile].entries, rows: piles[pile].rows }));
  return { day, match: { askedAtMs, by, isWhole: storeDay(askedAtMs, storeTimeZone) > day, piles: counts } };
}
