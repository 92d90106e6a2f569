import { describe, expect, it } from 'vitest';
import { type HostProfile, unknownHost } from '../../main/hosts/host/host-profile.ts';
import { decide } from '../../main/sending/decide.ts';
import { decideBeforeSending } from '../../main/sending/pre-send-decision.ts';
import type { Evidence, UndecidedEntry } from '../../main/sending/undecided.ts';
import { amount } from '../../preload/contract/index.ts';

const entry: UndecidedEntry = {
  ...{ kind: 'top-up', balanceIncrement: amount('10'), pointIncrement: amount('0') },
  ...{ dataChangeTime: '2026-11-26 10:00:00', baseline: { balance: amount('50'), point: amount('3') } },
};
const policy = { tillNumbersDeclared: false, secondReadingMs: 60_000 };
const logKnown: HostProfile = {
  ...unknownHost,
  log: { carriesOurTime: false, delayMs: 10_000 },
};

/** Two readings that say what the till knew before; they lie so far apart. */
const twice = (apartMs: number, change: Partial<Evidence> = {}): Evidence => ({
  readings: [0, apartMs].map((atMonotonicMs) => ({
    ...{ balance: amount('50'), point: amount('3'), atMonotonicMs },
  })),
  ...{ ownSince: { balance: amount('0'), point: amount('0') }, othersUndecided: false, others: [] },
  ...{ log: null, duplicateRefusals: 0, wasRestored: false },
  ...change,
});
/** Whether two readings count as an unchanged balance; a manager decides all the same. */
const isStill = (of: UndecidedEntry, seen: Evidence, profile: HostProfile, by = policy): boolean => {
  const verdict = decide(of, seen, profile, by);
  expect(verdict.decision).toBe('ask');
  return verdict.reasons.includes('exact-stillness');
};
const silent = { rows: [], timesAsked: 1, askedAfterMs: 150_000 };
const row = { amount: amount('10'), datetime: '2026-11-26 10:00:05', explained: false };

/** Attack B6: readings that a cache had answered were taken for "nothing has arrived", and the entry was sent twice. */
describe('two equal readings', () => {
  it('prove nothing while a cache may have said both', () => {
    expect(decide(entry, twice(60_000), unknownHost, policy)).toMatchObject({
      ...{ decision: 'ask', suggestion: 'unclear', reasons: ['one-reading'] },
    });
    expect(isStill(entry, twice(599_999), unknownHost)).toBe(false);
  });

  it('do when they lie farther apart than caches live', () => {
    expect(isStill(entry, twice(600_000), unknownHost)).toBe(true);
    expect(isStill(entry, twice(600_000), unknownHost, { ...policy, secondReadingMs: 900_000 })).toBe(false);
  });

  it('do when the log agrees, in which increments like this one were seen', () => {
    expect(isStill(entry, twice(60_000, { log: silent }), logKnown)).toBe(true);
    expect(isStill(entry, twice(59_999, { log: silent }), logKnown)).toBe(false);
  });

  it.each<[string, HostProfile, Evidence['log']]>([
    ['nobody knows to have such rows', unknownHost, silent],
    ['was asked too early', logKnown, { ...silent, askedAfterMs: 19_999 }],
    ['was not read', logKnown, null],
    ['has a row of this amount', logKnown, { ...silent, rows: [row] }],
  ])('do not for a log that %s', (_, profile, log) => {
    expect(isStill(entry, twice(60_000, { log }), profile)).toBe(false);
  });

  it('do not for a log that never showed points alone', () => {
    const award: UndecidedEntry = { ...entry, balanceIncrement: amount('0'), pointIncrement: amount('5') };
    expect(isStill(award, twice(60_000, { log: silent }), logKnown)).toBe(false);
  });
});

/** Attack B6: the log, read in between, held the row, and neither the till nor its advice looked at it. */
describe('an unexplained row of this amount', () => {
  const log = { ...silent, rows: [row] };
  it('speaks against "did not arrive", however still the balance is', () => {
    expect(decide(entry, twice(900_000, { log }), unknownHost, policy)).toEqual({
      ...{ decision: 'ask', suggestion: 'unclear' },
      reasons: ['exact-stillness', 'log-row-of-this-amount'],
    });
  });

  it('and not where another of ours explains it', () => {
    const explained = { ...log, rows: [{ ...row, explained: true }] };
    expect(decide(entry, twice(900_000, { log: explained }), logKnown, policy).suggestion).toBe(
      'not-applied',
    );
  });
});

/** A cache still told of the member before its top-up when the answer to the reversal was lost: the till took that for the reversal. */
describe('sums that a copy from before our last increments would tell', () => {
  const points = amount('0');
  const reversal: UndecidedEntry = { ...entry, kind: 'reversal', balanceIncrement: amount('-10') };
  const ownBefore = [
    { balance: amount('4'), point: points },
    { balance: amount('6'), point: points },
  ];
  const says = (...told: readonly [atMonotonicMs: number, balance: string][]): Partial<Evidence> => ({
    readings: told.map(([atMonotonicMs, balance]) => ({
      ...{ balance: amount(balance), point: amount('3'), atMonotonicMs },
    })),
  });
  const seen = (change: Partial<Evidence>) =>
    decide(reversal, twice(0, { ownBefore, ...change }), logKnown, policy);

  it('prove nothing while a copy may have said them', () => {
    expect(seen(says([0, '40']))).toMatchObject({ decision: 'ask', reasons: ['one-reading'] });
    expect(seen({ ...says([0, '40'], [599_999, '40']), log: silent }).reasons).toContain('one-reading');
  });

  it('do when they are told for longer than caches live', () => {
    expect(seen(says([0, '40'], [600_000, '40']))).toMatchObject({ reasons: ['exact-movement'] });
  });

  it('are read once more after others', () => {
    expect(seen(says([0, '40'], [600_000, '50'])).reasons).toEqual(['one-reading']);
    expect(seen(says([0, '40'], [600_000, '50'], [1_200_000, '50'])).reasons).toEqual(['exact-stillness']);
  });

  it('are no movement of another', () => {
    expect(seen(says([0, '46'])).reasons).toEqual(['one-reading']);
    expect(seen(says([0, '46'], [600_000, '40'])).reasons).toEqual(['one-reading']);
    expect(seen(says([0, '46'], [600_000, '46'])).reasons).toEqual(['other-movement']);
    expect(seen(says([0, '45'])).reasons).toEqual(['other-movement']);
  });

  it('speak for its arrival before it is sent', () => {
    const { baseline, ...waiting } = reversal;
    const evidence = { ...twice(0, { ownBefore }), ...says([0, '40']) };
    const waited = {
      entry: waiting,
      earlierBaselines: baseline === null ? [] : [baseline],
      evidence,
    };
    const verdict = decideBeforeSending(
      { ...waited, overStart: false, isSuspected: false },
      unknownHost,
      policy,
    );
    expect(verdict.do).toBe('review');
  });

  it('speak for it at once where no copy would tell them', () => {
    for (const own of [ownBefore.slice(0, 1), []])
      expect(seen({ ...says([0, '40']), ownBefore: own })).toMatchObject({
        ...{ decision: 'ask', suggestion: 'applied', reasons: ['exact-movement'] },
      });
  });
});
