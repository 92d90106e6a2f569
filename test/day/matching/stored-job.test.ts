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
  return { settings, kept: createStoredJob(settings, createRunInTransaction(db)) };
}

const job = newJob({ ask, by: 'Boss', ranges, startedAtMs: 1 });

it('a page that is gone or altered is no page, and what is begun anew leaves none behind', () => {
  const { settings, kept } = open();
  const first = { ...job, pages: 1 };
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
  const { kept } = open();
  const days = Array.from({ length: 130 }, (_, day) => `2026-${String(100 + day)}`);
  kept.keepDays(new Map(days.map((day) => [day, { askedAtMs: 1, by: 'Boss', piles: pilesOf([]) }])));
  expect(kept.dayOf(days[0] ?? '')).toBeNull();
  expect(kept.dayOf(days[30] ?? '')?.piles.matched).toEqual(allOf([]));
});

it('what was kept before it was noted who asked is read as it is', () => {
  const { settings, kept } = open();
  const { by: _, ...old } = job;
  settings.set('matching.job', JSON.stringify(old));
  const days = { '2026-01-15': { askedAtMs: 1, piles: pilesOf([]) } };
  settings.set('matching.days', JSON.stringify(days));
  expect(kept.load()).toEqual({ ...old, by: null });
  expect(kept.dayOf('2026-01-15')).toEqual({ askedAtMs: 1, by: null, piles: pilesOf([]) });
});
