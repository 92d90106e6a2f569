import type { ShiftDay } from '../../../preload/contract/index.ts';
import type { Tone } from '../../kit/phrase.ts';

type Piles = NonNullable<ShiftDay['match']>['piles'];
type Counts = Piles[keyof Piles];

/** An entry stands for its row. */
export const countOf = ({ entries, rows }: Counts): number => (entries === 0 ? rows : entries);

const called = ['only-ours', 'only-kybio', 'unclear'] as const;

/** `look`: something must be checked; `part`: the day was not over when KYBIO was asked. */
export type MatchVerdict = 'not' | 'empty' | 'good' | 'look' | 'part';

export const verdictTone: Readonly<Record<MatchVerdict, Tone>> = {
  not: 'neutral',
  empty: 'neutral',
  good: 'good',
  look: 'warn',
  part: 'neutral',
};

export function verdictOf({ match }: ShiftDay): MatchVerdict {
  if (match === null) return 'not';
  if (called.some((pile) => countOf(match.piles[pile]) > 0)) return 'look';
  if (!match.isWhole) return 'part';
  return countOf(match.piles.matched) > 0 ? 'good' : 'empty';
}

/** This till's matched and total entries, and the numbers in the other piles. */
export function resultOf(piles: Piles) {
  return {
    matched: piles.matched.entries,
    all: Object.values(piles).reduce((sum, { entries }) => sum + entries, 0),
    called: called.flatMap((pile) => {
      const count = countOf(piles[pile]);
      return count === 0 ? [] : [{ pile, count }];
    }),
  };
}

/** From the first to the last day without a whole match, or of all days; null where there are none. */
export function daysToMatch(
  days: readonly ShiftDay[],
): { readonly from: string; readonly to: string } | null {
  const open = days.filter(({ match }) => match?.isWhole !== true);
  const sorted = (open.length === 0 ? days : open).map(({ day }) => day).sort();
  const [from] = sorted;
  const to = sorted.at(-1);
  return from === undefined || to === undefined ? null : { from, to };
}
