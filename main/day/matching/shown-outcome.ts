import {
  type Amount,
  type MatchPile,
  type MatchSides,
  type MatchSummary,
  matchPiles,
  type ShiftDay,
  type ShownMatchSides,
} from '../../../preload/contract/index.ts';
import { storeDay } from '../../kernel/store-time.ts';
import type { Outcome } from './compare-with-log.ts';
import type { DayMatch } from './day-match.ts';
import type { Job } from './job.ts';
import { allOf, hoursOff, pilesOf } from './summary.ts';

/**
 * What cash is told to nobody but a manager: its first entry, and the day on which its shift was opened, or on which it was
 * entered where none is.
 */
export interface Undisclosed {
  readonly from: number;
  readonly day: string;
}

const byPile = <T>(of: (pile: MatchPile) => T): Record<MatchPile, T> =>
  Object.fromEntries(matchPiles.map((pile) => [pile, of(pile)])) as Record<MatchPile, T>;

/**
 * Whether what was compared holds anything of that shift, or rows of KYBIO's from its days: then no pile tells a sum, for
 * what is left out of one could be reckoned from the others and from all.
 */
export const revealsCash = (undisclosed: Undisclosed | null, { ask }: Job, { matches }: Outcome): boolean =>
  undisclosed !== null &&
  ((ask.of === 'days' && ask.to >= undisclosed.day) ||
    matches.some(({ entries }) => entries.some(({ sequence }) => sequence >= undisclosed.from)));

/** How the piles stand; without a sum where none may be told. */
export function shownSummary(
  { matches, logEndsAt, pointsOnly, before }: Outcome,
  { askedAtMs }: Job,
  log: MatchSummary['log'],
  isUndisclosed: boolean,
): MatchSummary {
  const told = (sum: Amount): Amount | null => (isUndisclosed ? null : sum);
  const shown = ({ ours, kybio, ...counts }: MatchSides): ShownMatchSides => ({
    ...counts,
    ours: told(ours),
    kybio: told(kybio),
  });
  const piles = pilesOf(matches);
  return {
    piles: byPile((pile) => shown(piles[pile])),
    all: shown(allOf(matches)),
    askedAtMs,
    log,
    pointsOnly,
    before,
    hoursOff: hoursOff(matches),
    logEndsAt: logEndsAt?.slice(0, 40) ?? null,
  };
}

/** What a day's report shows of its match. */
export function shownDay(day: string, match: DayMatch | null, storeTimeZone: string): ShiftDay {
  if (match === null) return { day, match: null };
  const { askedAtMs, by, piles } = match;
  const counts = byPile((pile) => ({ entries: piles[pile].entries, rows: piles[pile].rows }));
  return { day, match: { askedAtMs, by, isWhole: storeDay(askedAtMs, storeTimeZone) > day, piles: counts } };
}
