import { beforeAll, describe, expect, test } from 'vitest';
import { gather } from './chain/evidence.ts';
import { type Evidence, judge } from './chain/judge.ts';
import { drawPlan } from './chain/plan.ts';
import { playMonth } from './chain/run.ts';

/** Three shops of two tills, five days and the one on which everything is settled. */
const size = {
  seed: 1,
  shops: 3,
  tills: 2,
  days: 5,
  entries: [6, 12],
  hours: [10, 14],
  reach: 'always',
} as const;

/** May be written to: what harms it is planted. */
type Planted = { -readonly [K in keyof Evidence]: Evidence[K] };
type Row = { -readonly [K in keyof Evidence['books'][number]]: Evidence['books'][number][K] };

const some = <T>(list: readonly T[], holds: (one: T) => boolean): { -readonly [K in keyof T]: T[K] } => {
  const found = list.find(holds);
  if (found === undefined) throw new Error('nothing to plant it in');
  return found;
};

/** What a judge must see: each is planted into what was found to be right. */
const harms: Readonly<Record<string, (of: Planted) => void>> = {
  'an entry that never arrived, and is told as done': ({ host }) => {
    (host.applied as unknown[]).splice(3, 1);
  },
  'an entry that was applied twice': ({ host }) => {
    some(host.applied, ({ cents }) => cents > 0).times = 2;
  },
  'an increment that nobody entered': ({ host }) => {
    const [first] = host.applied;
    if (first !== undefined) (host.applied as unknown[]).push({ ...first, key: '1|2026-10-01 12:00:00' });
  },
  'a cent less for a member than was entered': ({ host }) => {
    some(host.applied, ({ cents }) => cents > 100).cents -= 1;
  },
  'a member whose balance moved by itself': ({ host }) => {
    some(host.members, () => true).after += 1;
  },
  'a lost entry that no till tells': ({ record }) => {
    some(record.entered, ({ endsAs }) => endsAs === 'confirmed').endsAs = 'gone';
  },
  'a review that a till is silent about': ({ record }) => {
    some(record.entered, ({ endsAs }) => endsAs === 'confirmed').endsAs = 'review';
  },
  'a cent on one side of the books': ({ books }) => {
    some(books as Row[], ({ account }) => account === 'account.members').cents -= 1;
  },
  'a cent on both sides of the books': ({ books }) => {
    const row = some(books as Row[], ({ account }) => account === 'account.members');
    row.cents -= 1;
    some(books as Row[], (of) => of.reference === row.reference && of.account === 'way: cash').cents += 1;
  },
  'a shop whose money is in another shop’s books': ({ books }) => {
    const { reference } = some(books, (row) => row.reference.startsWith('Shop 1 '));
    for (const row of books as Row[])
      if (row.reference === reference) row.reference = reference.replace('Shop 1', 'Shop 2');
  },
  'a dollar taken out of a drawer': ({ record }) => {
    some(record.closed, () => true).countedCents -= 100;
  },
  'a variance that a till does not tell': ({ record }) => {
    const { till } = some(record.samples, ({ lastZ }) => lastZ !== null);
    for (const one of record.samples)
      if (one.till === till && one.lastZ !== null)
        Object.assign(one.lastZ, { hasVariance: one.lastZ.hasVariance !== true });
  },
  'a till that is silent about what waits': ({ record, host }) => {
    const told = some(record.samples, () => true);
    const { uid, second } = some(record.entered, ({ till, atMs }) => till === told.till && atMs < told.atMs);
    some(host.applied, ({ key }) => key === `${uid}|${second}`).atMs += 86_400_000 * 20;
  },
  'a last Z that is not the last': ({ record }) => {
    const told = some(record.samples, ({ lastZ }) => (lastZ?.number ?? 0) > 1);
    Object.assign(told.lastZ ?? {}, { number: 1 });
  },
  'a call that no till has counted': ({ tills }) => {
    const { calls } = some(tills, ({ told }) => told !== null);
    Object.assign(calls, { made: calls.made + 1 });
  },
  'a call that came from nobody': ({ host }) => {
    some(host.days, () => true).calls += 1;
  },
  'a day beyond the account’s calls': ({ host }) => {
    some(host.days, () => true).refused = 1;
  },
  'a till that stays with an older configuration': ({ tills }) => {
    Object.assign(some(tills, ({ told }) => told !== null).told ?? {}, { version: 2 });
  },
  'a copy that nobody tells of': (of) => {
    of.told = [];
  },
  'a number used twice that nobody sees': ({ record }) => {
    record.toldTwice.clear();
  },
  'rules of a version that was over': ({ record }) => {
    some(record.entered.slice(-30), ({ rules }) => rules === 5).rules = 1;
  },
  'a bonus that no version gives': ({ record }) => {
    some(record.entered, ({ bonus }) => bonus > 0).bonus += 50;
  },
};

let evidence: Evidence;
let problems: readonly string[] = [];

beforeAll(async () => {
  const month = await playMonth(drawPlan(size));
  evidence = await gather(month);
  problems = [...month.chain.problems];
  await month.close();
}, 600_000);

test('what the hosts’ ledger, the books, the states and the calls of some days say is the same', () => {
  expect(problems).toEqual([]);
  expect(judge(evidence)).toEqual([]);
  expect(evidence.record.entered.length).toBeGreaterThan(150);
});

describe('the judge sees', () => {
  test.each(Object.keys(harms))('%s', (name) => {
    const planted = structuredClone(evidence) as Planted;
    harms[name]?.(planted);
    expect(judge(planted).length).toBeGreaterThan(0);
  });
});
