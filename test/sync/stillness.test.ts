import { describe, expect, it } from 'vitest';
import { type HostProfile, unknownHost } from '../../main/host/host-profile.ts';
import { decide } from '../../main/sync/decide.ts';
import type { Evidence, UndecidedEntry } from '../../main/sync/undecided.ts';
import { amount } from '../../preload/contract/index.ts';

const entry: UndecidedEntry = {
  ...{ kind: 'top-up', balanceIncrement: amount('10'), pointIncrement: amount('0') },
  ...{ dataChangeTime: '2026-11-26 10:00:00', baseline: { balance: amount('50'), point: amount('3') } },
};
const alone = { singleWriter: true, tillNumbersDeclared: false, secondReadingMs: 60_000 };
const others = { ...alone, singleWriter: false };
const logKnown: HostProfile = {
  ...unknownHost,
  log: { carriesOurTime: false, topUpDelayMs: 10_000, awardDelayMs: null, reversalDelayMs: null },
};

/** Two readings that say what the till believed before; they lie so far apart. */
const twice = (apartMs: number, change: Partial<Evidence> = {}): Evidence => ({
  readings: [0, apartMs].map((atMonotonicMs) => ({
    ...{ balance: amount('50'), point: amount('3'), atMonotonicMs },
  })),
  ...{ ownSince: { balance: amount('0'), point: amount('0') }, othersUndecided: false, others: [] },
  ...{ log: null, duplicateRefusals: 0, wasRestored: false },
  ...change,
});
const silent = { rows: [], timesAsked: 1, askedAfterMs: 150_000 };
const row = { amount: amount('10'), datetime: '2026-11-26 10:00:05', explained: false };

/** Attack B6: readings that a cache had answered were taken for "nothing has arrived", and the entry was sent twice. */
describe('two equal readings', () => {
  it('prove nothing while a cache may have said both', () => {
    expect(decide(entry, twice(60_000), unknownHost, alone)).toMatchObject({
      ...{ decision: 'ask', suggestion: 'unclear', reasons: ['one-reading'] },
    });
    expect(decide(entry, twice(599_999), unknownHost, alone).decision).toBe('ask');
  });

  it('do when they lie farther apart than caches live', () => {
    expect(decide(entry, twice(600_000), unknownHost, alone).decision).toBe('not-applied');
    expect(decide(entry, twice(600_000), unknownHost, { ...alone, secondReadingMs: 900_000 }).decision).toBe(
      'ask',
    );
  });

  it('do when the log agrees, in which increments like this one were seen', () => {
    expect(decide(entry, twice(60_000, { log: silent }), logKnown, alone).decision).toBe('not-applied');
    expect(decide(entry, twice(59_999, { log: silent }), logKnown, alone).decision).toBe('ask');
  });

  it.each<[string, HostProfile, Evidence['log']]>([
    ['nobody knows to have such rows', unknownHost, silent],
    ['was asked too early', logKnown, { ...silent, askedAfterMs: 19_999 }],
    ['was not read', logKnown, null],
    ['has a row of this amount', logKnown, { ...silent, rows: [row] }],
  ])('do not for a log that %s', (_, profile, log) => {
    expect(decide(entry, twice(60_000, { log }), profile, alone).decision).toBe('ask');
  });

  it('do not for a log that never showed points alone', () => {
    const award: UndecidedEntry = { ...entry, balanceIncrement: amount('0'), pointIncrement: amount('5') };
    expect(decide(award, twice(60_000, { log: silent }), logKnown, alone).decision).toBe('ask');
  });
});

/** Attack B6: the log, read in between, held the row, and neither the till nor its advice looked at it. */
describe('an unexplained row of this amount', () => {
  const log = { ...silent, rows: [row] };
  it('speaks against "did not arrive", however still the balance is', () => {
    expect(decide(entry, twice(900_000, { log }), unknownHost, alone)).toEqual({
      ...{ decision: 'ask', suggestion: 'unclear' },
      reasons: ['exact-stillness', 'log-row-of-this-amount'],
    });
    const advice = decide(entry, twice(900_000, { log }), unknownHost, others);
    expect(advice.suggestion).toBe('unclear');
  });

  it('and not where another of ours explains it, or where rows tell whose they are', () => {
    const explained = { ...log, rows: [{ ...row, explained: true }] };
    expect(decide(entry, twice(900_000, { log: explained }), unknownHost, alone).decision).toBe(
      'not-applied',
    );
    const fingerprints: HostProfile = {
      ...unknownHost,
      log: { carriesOurTime: true, topUpDelayMs: 10_000, awardDelayMs: null, reversalDelayMs: null },
    };
    const declared = { ...alone, tillNumbersDeclared: true };
    expect(decide(entry, twice(900_000, { log }), fingerprints, declared).decision).toBe('not-applied');
  });
});
