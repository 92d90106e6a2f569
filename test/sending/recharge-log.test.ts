import { expect, it } from 'vitest';
import { type HostProfile, unknownHost } from '../../main/hosts/host/host-profile.ts';
import { decide } from '../../main/sending/decide.ts';
import type { Evidence, UndecidedEntry } from '../../main/sending/undecided.ts';
import { amount, type EntryKind, zeroAmount } from '../../preload/contract/index.ts';

const OURS = '2026-01-15 13:26:23';
const profile: HostProfile = { ...unknownHost, log: { carriesOurTime: true, delayMs: 1_000 } };
const policy = { tillNumbersDeclared: true, secondReadingMs: 60_000 };

const of = (kind: EntryKind, balance: string): UndecidedEntry => ({
  ...{ kind, balanceIncrement: amount(balance), pointIncrement: zeroAmount },
  ...{ dataChangeTime: OURS, baseline: null },
});
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
  expect(decide(of('top-up', '1.235'), logWith([row]), profile, policy)).toEqual({
    ...{ decision: 'ask', suggestion: 'applied' },
    reasons: ['log-row-of-our-time', 'no-baseline'],
  });
});

it.each([
  ['top-up', '5'],
  ['top-up', '-10'],
  ['reversal', '-10'],
] as const)('silence about a %s of %s decides nothing, however well the log is proven', (kind, sum) => {
  expect(decide(of(kind, sum), logWith([]), profile, policy).decision).toBe('ask');
});

it.each(['5', '-5'])('a row of our second and amount confirms %s', (sum) => {
  const row = { amount: amount(sum), datetime: OURS, explained: false };
  expect(decide(of('top-up', sum), logWith([row]), profile, policy).decision).toBe('applied');
});

it('a row of this amount and another second confirms nothing', () => {
  const row = { amount: amount('5'), datetime: '2026-01-15 13:26:40', explained: false };
  expect(decide(of('top-up', '5'), logWith([row]), profile, policy).decision).toBe('ask');
});
