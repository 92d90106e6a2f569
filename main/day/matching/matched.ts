import type { HostProfile } from '../../hosts/index.ts';
import { storeDay } from '../../kernel/store-time.ts';
import type { DayMatch } from './day-match.ts';
import { knowledgeOf } from './summary.ts';

/** Whether the days of a Z were matched with KYBIO's log by now; `toCheck`: what that left open. */
export type Matched =
  | { readonly is: 'matched'; readonly toCheck: number }
  | { readonly is: 'not-yet' | 'impossible' };

/** The check-up did not see this till's top-ups in KYBIO's log. */
export const isUnmatchable = (profile: HostProfile): boolean => knowledgeOf(profile) === 'not-seen';

const piles = ['only-ours', 'only-kybio', 'unclear'] as const;

const leftOpen = (match: DayMatch): number =>
  piles.reduce((sum, pile) => {
    const { entries, rows } = match.piles[pile];
    return sum + (entries === 0 ? rows : entries);
  }, 0);

/** By the newest result of each store day. Pure. */
export function matchedOf(
  days: readonly string[],
  matchOf: (day: string) => DayMatch | null,
  profile: HostProfile,
  storeTimeZone: string,
): Matched {
  const whole = days.flatMap((day) => {
    const match = matchOf(day);
    return match !== null && storeDay(match.askedAtMs, storeTimeZone) > day ? match : [];
  });
  if (whole.length === days.length)
    return { is: 'matched', toCheck: whole.reduce((sum, match) => sum + leftOpen(match), 0) };
  return { is: isUnmatchable(profile) ? 'impossible' : 'not-yet' };
}
