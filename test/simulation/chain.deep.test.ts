import { expect, test } from 'vitest';
import { gather } from './chain/evidence.ts';
import { judge } from './chain/judge.ts';
import { pictureOf } from './chain/picture.ts';
import { drawPlan } from './chain/plan.ts';
import { playMonth } from './chain/run.ts';

/** Twenty shops with four tills each, thirty days and the one on which everything is settled. */
const size = {
  seed: 36,
  shops: 20,
  tills: 4,
  days: 30,
  entries: [8, 16],
  hours: [11, 13],
  reach: 'now and then',
} as const;

test('a month of eighty tills in one folder: sums, books, states and calls are the hosts’ ledger’s', async () => {
  const month = await playMonth(drawPlan(size));
  const evidence = await gather(month);
  process.stdout.write(`${pictureOf(month, evidence)}\n`);
  await month.close();
  expect(month.chain.problems).toEqual([]);
  expect(judge(evidence)).toEqual([]);
  const { figures } = month.chain;
  expect(figures).toMatchObject({ restored: 2, copied: 1, 'numbered anew': 1 });
  for (const what of ['plugs pulled', 'reversal', 'variances', 'review arrived ok'])
    expect(figures[what], what).toBeGreaterThan(5);
}, 3_000_000);
