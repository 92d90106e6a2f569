import type { ShiftDay } from '../../../preload/contract/index.ts';
import type { Tone } from '../../kit/phrase.ts';

type Piles = NonNullable<ShiftDay['match']>['piles'];
type Counts = Piles[keyof Piles];

/** Of what both have an entry stands for its row. */
export const countOf = ({ entries, rows }: Counts): number => (entries === 0 ? rows : entries);

const called = ['only-ours', 'only-kybio', 'unclear'] as const;

/** How a day stands: `look` where somebody has to look at something, `part` where it was not over when KYBIO was asked. */
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

/** How many of each there are: of this till's those that are matched and all, and what lies in the other piles. */
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

/** What is still to be asked for: the days without a whole match, or all of them; null where there are none. */
export function daysToMatch(
  days: readonly ShiftDay[],
): { readonly from: string; readonly to: string } | null {
  const open = days.filter(({ match }) => match?.isWhole !== true);
  const sorted = (open.length === 0 ? days : open).map(({ day }) => day).sort();
  const [from] = sorted;
  const to = sorted.at(-1);
  return from === undefined || to === undefined ? null : { from, to };
}
