import { expect, it } from 'vitest';
import { playDays } from './command.ts';
import { FLOOD_EVERY, isFloodDay } from './plan.ts';

const FIRST = 1;
const DAYS = 50;

it('fifty days, one of them with an outage of 5,000 entries', async () => {
  const seeds = Array.from({ length: DAYS }, (_, at) => FIRST + at);
  expect(seeds.filter(isFloodDay)).toHaveLength(DAYS / FLOOD_EVERY);
  const { days, failures, figures } = await playDays(`--seed=${FIRST}`, `--days=${DAYS}`, '--workers=2');
  expect(failures).toEqual([]);
  expect(days).toBe(DAYS);
  // Nothing that a day is made of has gone missing.
  for (const what of [
    'entries',
    'awards',
    'reversals',
    'cancelled',
    'moves',
    'put back',
    'paper taken-up',
    'books',
  ])
    expect(figures[what], what).toBeGreaterThan(10);
}, 3_600_000);
