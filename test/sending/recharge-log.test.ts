import { expect, it } from 'vitest';
import { type HostProfile, unknownHost } from '../../main/hosts/host/host-profile.ts';
import { decide } from '../../main/sending/decide.ts';
import type { Evidence, UndecidedEntry } from '../../main/sending/undecided.ts';
import { amount, type EntryKind, zeroAmount } from '../../preload/contract/index.ts';

const OURS = '2026-01-15 13:26:23';
/** A check-up that never saw a deduction in the log, nor points alone. */
const profile: HostProfile = {
  ...{ ...unknownHost, decimals: 2 },
  log: { carriesOurTime: true, topUpDelayMs: 1_000, awardDelayMs: null, reversalDelayMs: null },
};
const policy = { tillNumbersDeclared: true, secondReadingMs: 60_000 };

const of = (kind: EntryKind, balance: string): UndecidedEntry => ({
  ...{ kind, balanceIncrement: amount(balance), pointIncrement: zeroAmount },
  ...{ dataChangeTime: OURS, baseline: null },
});
const topUp = (balance: string): UndecidedEntry => of('top-up', balance);
/** Read twice and whole, long after the delay that was proven. */
const logWith = (rows: NonNullable<Evidence['log']>['rows']): Evidence => ({
  ...{
    readings: [{ balance: amount('50'), point: zeroAmount, atMonotonicMs: 290_000 }],
    ownSince: { balance: zeroAmount, point: zeroAmount },
    othersUndecided: false,
    others: [],
  },
  log: { rows, timesAsked: 2, askedAfterMs: 300_000 },
  ...{ duplicateRefusals: 0, wasRestored: false },
});

it('a row with our time is no silence where the host cut a decimal off, and a person is told so', () => {
  const row = { amount: amount('1.23'), datetime: OURS, explained: false };
  expect(decide(topUp('1.235'), logWith([row]), profile, policy)).toEqual({
    ...{ decision: 'ask', suggestion: 'applied' },
    reasons: ['log-row-of-our-time', 'no-baseline'],
  });
});

it('a row of another time is', () => {
  const row = { amount: amount('1.23'), datetime: '2026-01-15 13:26:40', explained: false };
  expect(decide(topUp('1.235'), logWith([row]), profile, policy).decision).toBe('not-applied');
});

it('silence about a member who cannot be read any more is none', () => {
  expect(decide(topUp('5'), logWith([]), profile, policy).decision).toBe('not-applied');
  const unread: Evidence = { ...logWith([]), readings: [] };
  expect(decide(topUp('5'), unread, profile, policy).decision).toBe('ask');
});

it.each(['reversal', 'top-up'] as const)(
  'silence about a deduction proves nothing where none was ever seen, also where it goes by the kind %s',
  (kind) => {
    expect(decide(of(kind, '-10'), logWith([]), profile, policy).decision).toBe('ask');
  },
);

it('and proves it where one was seen, after the longer of the delays', () => {
  const seen = { carriesOurTime: true, topUpDelayMs: 1_000, awardDelayMs: null, reversalDelayMs: 100_000 };
  const decisionAfter = (askedAfterMs: number) => {
    const log = { rows: [], timesAsked: 2, askedAfterMs };
    return decide(of('top-up', '-10'), { ...logWith([]), log }, { ...profile, log: seen }, policy).decision;
  };
  expect(decisionAfter(199_000)).toBe('ask');
  expect(decisionAfter(200_000)).toBe('not-applied');
});
