import type { OwnerView, Period } from '../../../preload/contract/index.ts';

/** Why a period's sums may lack a report, or have one too many, as its files say it. Pure. */
export function unsureIn(
  { from, to, doubles }: Pick<Period, 'from' | 'to' | 'doubles'>,
  { conflicts, unread }: Pick<OwnerView, 'conflicts' | 'unread'>,
) {
  return {
    undecided: conflicts.flatMap(({ picked, variants: [first] }) =>
      picked === null && first !== undefined && from <= first.businessDay && first.businessDay <= to
        ? [`${first.till} Z ${first.number}`]
        : [],
    ),
    doubles: doubles.map(({ till, number }) => `${till} Z ${number}`),
    unread: unread === 0 ? [] : [String(unread)],
  };
}
