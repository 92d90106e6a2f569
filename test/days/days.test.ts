import { expect, it } from 'vitest';
import { drawDay, inWords, isFloodDay } from './plan.ts';
import { runDay } from './run-day.ts';

// Two whole tills, one host, and a judge that adds up by itself: `npm run -s days -- --seed=N` replays one.

const DAYS = 20;
/** What `npm test` has a minute for: longer days are among the hundred of the depth. */
const MOST_ACTIONS = 200;

function shortDays(): readonly number[] {
  const found: number[] = [];
  for (let seed = 1; found.length < DAYS; seed += 1)
    if (drawDay(seed).actions.length <= MOST_ACTIONS && !isFloodDay(seed)) found.push(seed);
  return found;
}

/** A first clone that is busy with much else takes a day for some half a minute. */
const A_DAY_MS = 120_000;

it.each(shortDays())(
  'day %i: every figure of every screen, paper and file is what the host and the cash box say',
  async (seed) => {
    const { problems, figures } = await runDay(drawDay(seed));
    expect(problems).toEqual([]);
    expect(figures['closes']).toBeGreaterThan(0);
  },
  A_DAY_MS,
);

it('a seed draws one day, which can be read', () => {
  const words = drawDay(7).actions.map(inWords);
  expect(words).toEqual(drawDay(7).actions.map(inWords));
  expect(words).not.toEqual(drawDay(8).actions.map(inWords));
  expect(words[0]).toMatch(/^A (open|top-up) /);
});
