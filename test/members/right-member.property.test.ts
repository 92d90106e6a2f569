import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isInDepth } from '../kit/depth.ts';
import { isRight, lookUpCase, openRightMember } from './support/right-member.ts';

const RUNS = isInDepth ? 10_000 : 1_500;

it(`in ${RUNS} directories whose cards, phones and names contain one another nobody is taken for another`, async () => {
  const creditedIn = openRightMember();
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(lookUpCase, async (asked) => {
      const credited = await creditedIn(asked);
      taken += credited.length;
      expect(credited.filter((one) => !isRight(one))).toEqual([]);
    }),
    { numRuns: RUNS },
  );
  // It would be easy to be never wrong by taking nobody.
  expect(taken).toBeGreaterThan(RUNS / 10);
});
