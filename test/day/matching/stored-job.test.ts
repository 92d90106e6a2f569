import { expect, it } from 'vitest';
import { newJob } from '../../../main/day/matching/job.ts';
import { createStoredJob } from '../../../main/day/matching/stored-job.ts';
import { allOf, pilesOf } from '../../../main/day/matching/summary.ts';
import { createRunInTransaction } from '../../../main/kernel/database/run-in-transaction.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { openOutbox } from '../../kit/outbox.ts';
import { row } from './rows.ts';

const ask = { of: 'days', from: '2026-01-15', to: '2026-01-15' } as const;
const ranges = [{ since: '2026-01-14 22:44:59', until: '2026-01-16 01:14:59' }];

function open() {
  const { db } = openOutbox();
  const settings = createSettings(db);
  const of = (account: string) => createStoredJob(settings, createRunInTransaction(db), account);
  return { settings, of };
}

const job = (account: string) => newJob({ account, ask, by: 'Boss', ranges, startedAtMs: 1 });

it('what was read of one shop’s account is nothing to another’s', () => {
  const { of } = open();
  const first = of('https://kybio.example APP');
  first.save({ ...job('https://kybio.example APP'), pages: 1 }, [row()]);
  first.keepDays(new Map([['2026-01-15', { askedAtMs: 1, by: 'Boss', piles: pilesOf([]) }]]));
  const other = of('https://kybio.example OTHER');
  expect(first.load()?.pages).toBe(1);
  expect(other.load()).toBeNull();
  expect(first.dayOf('2026-01-15')?.askedAtMs).toBe(1);
  expect(other.dayOf('2026-01-15')).toBeNull();
});

it('a page that is gone or altered is no page, and what is begun anew leaves none behind', () => {
  const { settings, of } = open();
  const kept = of('A');
  const first = { ...job('A'), pages: 1 };
  kept.save(first, [row()]);
  kept.save({ ...first, pages: 2 }, [row({ rechargeMoney: '7' })]);
  expect(kept.pages({ ...first, pages: 2 })?.map((rows) => rows[0]?.rechargeMoney)).toEqual(['50', '7']);
  settings.set('matching.page.1', '[{"rechargeMoney":"much"}]');
  expect(kept.pages({ ...first, pages: 2 })).toBeNull();
  kept.forget();
  expect(kept.load()).toBeNull();
  expect(settings.get('matching.page.0')).toBeNull();
  settings.set('matching.job', 'no JSON');
  expect(kept.load()).toBeNull();
});

it('the newest hundred days are kept', () => {
  const kept = open().of('A');
  const days = Array.from({ length: 130 }, (_, day) => `2026-${String(100 + day)}`);
  kept.keepDays(new Map(days.map((day) => [day, { askedAtMs: 1, by: 'Boss', piles: pilesOf([]) }])));
  expect(kept.dayOf(days[0] ?? '')).toBeNull();
  expect(kept.dayOf(days[30] ?? '')?.piles.matched).toEqual(allOf([]));
});

it('what was kept before it was noted who asked is read as it is', () => {
  const { settings, of } = open();
  const { by: _, ...old } = job('A');
  settings.set('matching.job', JSON.stringify(old));
  const days = { '2026-01-15': { askedAtMs: 1, piles: pilesOf([]) } };
  settings.set('matching.days', JSON.stringify({ account: 'A', days }));
  expect(of('A').load()).toEqual({ ...old, by: null });
  expect(of('A').dayOf('2026-01-15')).toEqual({ askedAtMs: 1, by: null, piles: pilesOf([]) });
});
