import { expect, it } from 'vitest';
import { verdict } from '../../main/app/status/status-verdict.ts';
import { appError, type StatusFacts, statusExit } from '../../preload/contract/index.ts';

const now = 1_800_000_000_000;
const HOUR_MS = 3_600_000;

const well: StatusFacts = {
  till: { name: 'Counter 1', number: 1, count: 2, tillId: 'a', epoch: 'b', dataFormat: 8 },
  entries: { waiting: 1, checking: 1, needsReview: 0, refusedUnseen: 0, oldestUnsentAtMs: now - 60_000 },
  lastZ: { number: 3, closedAtMs: now - HOUR_MS, hasVariance: true },
  isCopyMet: false,
  isNumberTwice: false,
  backups: { count: 3, newestAtMs: now - HOUR_MS },
  secondPlace: { newestAtMs: now - HOUR_MS, problem: null },
  calls: { used: 30, limit: 300, left: 270 },
  clockSkewMs: 30_000,
  disk: { freeMegabytes: 5_000, state: 'enough' },
  pauses: [],
  policyFile: { settings: ['keypad'], problem: null },
  lastRowAtMs: now - 30_000,
};

const entries = (change: Partial<StatusFacts['entries']>) => ({ entries: { ...well.entries, ...change } });
const paused = (needsManager: boolean) => ({
  pauses: [{ reason: 'credentials' as const, sinceMs: now, needsManager }],
});

it('is well while entries are on their way, and a variance was counted', () => {
  expect(verdict(well, now)).toEqual({ result: 'well', reasons: [] });
});

it.each<[string, Partial<StatusFacts>]>([
  ['needs-review', entries({ needsReview: 1 })],
  ['refused-unseen', entries({ refusedUnseen: 1 })],
  ['unsent-long', entries({ oldestUnsentAtMs: now - 1_800_000 })],
  // The clock was set back since.
  ['unsent-long', entries({ oldestUnsentAtMs: now + 1_800_000 })],
  ['paused-for-manager', paused(true)],
  ['copy-met', { isCopyMet: true }],
])('%s is for somebody', (reason, change) => {
  expect(verdict({ ...well, ...change }, now)).toEqual({ result: 'somebody', reasons: [reason] });
});

it.each<[string, Partial<StatusFacts>]>([
  ['paused', paused(false)],
  ['number-twice', { isNumberTwice: true }],
  ['backups-old', { backups: { count: 0, newestAtMs: null } }],
  ['backups-old', { backups: { count: 3, newestAtMs: now - 25 * HOUR_MS } }],
  ['second-place', { secondPlace: { newestAtMs: now, problem: 'backup-place-gone' } }],
  ['second-place', { secondPlace: { newestAtMs: now - 200 * HOUR_MS, problem: null } }],
  ['disk-low', { disk: { freeMegabytes: 900, state: 'low' } }],
  ['calls-used-up', { calls: { used: 300, limit: 300, left: 0 } }],
  ['clock-off', { clockSkewMs: -300_000 }],
  ['policy-not-used', { policyFile: { settings: [], problem: appError('it-policy-unsafe') } }],
])('%s is worth a look', (reason, change) => {
  expect(verdict({ ...well, ...change }, now)).toEqual({ result: 'look', reasons: [reason] });
});

it('somebody’s reason outweighs, and all are named', () => {
  expect(verdict({ ...well, ...entries({ needsReview: 2 }), isNumberTwice: true }, now)).toEqual({
    result: 'somebody',
    reasons: ['needs-review', 'number-twice'],
  });
});

it('a till that was closed for a week is not behind with its backups', () => {
  const week = 168 * HOUR_MS;
  expect(verdict(well, now + week).reasons).toEqual(['unsent-long']);
});

it('has the exit codes that monitors are set up by', () => {
  expect(statusExit).toEqual({ well: 0, unreadable: 1, look: 2, somebody: 3 });
});
