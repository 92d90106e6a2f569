import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DecidePolicy } from '../../main/hosts/host/evidence-policy.ts';
import { type HostProfile, unknownHost } from '../../main/hosts/host/host-profile.ts';
import { decide } from '../../main/sending/decide.ts';
import {
  addSums,
  type Evidence,
  type LogRow,
  type Sums,
  type UndecidedEntry,
} from '../../main/sending/undecided.ts';
import { amount, zeroAmount } from '../../preload/contract/index.ts';

const OURS = '2026-01-15 13:26:23';
const none: Sums = { balance: zeroAmount, point: zeroAmount };
const DELAY_MS = 40_000;

/** Few and small, so that what somebody else does often looks like what we did. */
const sums = fc.record({
  balance: fc.constantFrom('0', '5', '-5', '10').map(amount),
  point: fc.constantFrom('0', '1').map(amount),
});
const ours = fc
  .record({
    balance: fc.constantFrom('5', '-5', '0').map(amount),
    point: fc.constantFrom('0', '1').map(amount),
  })
  .filter(({ balance, point }) => balance !== '0' || point !== '0');

/** What is true; the till sees none of it but through what it reads. */
interface Truth {
  readonly own: Sums;
  readonly isApplied: boolean;
  /** Increments of others, before the first reading and between the two. */
  readonly before: readonly Sums[];
  readonly between: readonly Sums[];
  readonly isBaselineKnown: boolean;
  readonly isSecondReading: boolean;
  /** The log: what the host shows of ours and when it was asked. */
  readonly isLogRead: boolean;
  readonly timesAsked: number;
  readonly askedAfterMs: number;
  readonly isShownEarly: boolean;
  readonly carriesOurTime: boolean;
  readonly isLogProven: boolean;
  readonly isDeclared: boolean;
}

const truth: fc.Arbitrary<Truth> = fc.record({
  own: ours,
  isApplied: fc.boolean(),
  before: fc.array(sums, { maxLength: 2 }),
  between: fc.array(sums, { maxLength: 1 }),
  isBaselineKnown: fc.boolean(),
  isSecondReading: fc.boolean(),
  isLogRead: fc.boolean(),
  timesAsked: fc.integer({ min: 1, max: 3 }),
  askedAfterMs: fc.nat({ max: 300_000 }),
  isShownEarly: fc.boolean(),
  carriesOurTime: fc.boolean(),
  isLogProven: fc.boolean(),
  isDeclared: fc.boolean(),
});

const total = (parts: readonly Sums[]): Sums => parts.reduce(addSums, none);

function entryOf({ own, isBaselineKnown }: Truth): UndecidedEntry {
  const kind = own.balance.startsWith('-') ? 'reversal' : own.balance === '0' ? 'award' : 'top-up';
  return {
    ...{ kind, balanceIncrement: own.balance, pointIncrement: own.point, dataChangeTime: OURS },
    baseline: isBaselineKnown ? { balance: amount('100'), point: amount('7') } : null,
  };
}

function logOf(of: Truth): Evidence['log'] {
  if (!of.isLogRead) return null;
  const isWhole = of.askedAfterMs >= DELAY_MS;
  const datetime = of.carriesOurTime ? OURS : '2026-01-15 13:26:31';
  const isShown = of.isApplied && (isWhole || of.isShownEarly);
  const rowsOfOurs: readonly LogRow[] = isShown
    ? [{ amount: of.own.balance, datetime, explained: false }]
    : [];
  const others = of.before.map(
    ({ balance }): LogRow => ({ amount: balance, datetime: '2026-01-15 13:26:40', explained: false }),
  );
  return { rows: [...others, ...rowsOfOurs], timesAsked: of.timesAsked, askedAfterMs: of.askedAfterMs };
}

function evidenceOf(of: Truth): Evidence {
  const moved = of.isApplied ? [of.own] : [];
  const start: Sums = { balance: amount('100'), point: amount('7') };
  const first = { ...total([start, ...moved, ...of.before]), atMonotonicMs: 150_000 };
  const second = { ...total([start, ...moved, ...of.before, ...of.between]), atMonotonicMs: 750_000 };
  return {
    readings: of.isSecondReading ? [first, second] : [first],
    ...{ ownSince: none, othersUndecided: false, others: [], duplicateRefusals: 0, wasRestored: false },
    log: logOf(of),
  };
}

const profileOf = ({ isLogProven, carriesOurTime }: Truth): HostProfile => ({
  ...unknownHost,
  log: isLogProven ? { carriesOurTime, delayMs: DELAY_MS } : null,
});
const policyOf = ({ isDeclared }: Truth): DecidePolicy => ({
  tillNumbersDeclared: isDeclared,
  secondReadingMs: 60_000,
});

const verdictOn = (of: Truth) => decide(entryOf(of), evidenceOf(of), profileOf(of), policyOf(of));

it('whatever is true, what is decided without a person is true', () => {
  const decided = { applied: 0, ask: 0, double: 0 };
  fc.assert(
    fc.property(truth, (of) => {
      const { decision } = verdictOn(of);
      decided[decision] += 1;
      if (decision !== 'ask')
        expect({ decision, isApplied: of.isApplied }).toEqual({ decision: 'applied', isApplied: true });
    }),
    { numRuns: 10_000 },
  );
  // Not by asking always.
  expect(decided.applied).toBeGreaterThan(100);
  expect(decided.ask).toBeGreaterThan(100);
});

it('a log that is proven to carry our time needs no person for what was applied', () => {
  fc.assert(
    fc.property(truth, (of) => {
      fc.pre(
        of.isLogProven && of.carriesOurTime && of.isDeclared && of.isLogRead && of.askedAfterMs >= DELAY_MS,
      );
      fc.pre(of.isApplied);
      expect(verdictOn(of).decision).toBe('applied');
    }),
  );
});

it('the order of the log’s rows, and rows of other amounts and times, change nothing', () => {
  fc.assert(
    fc.property(truth, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (of, order) => {
      const evidence = evidenceOf(of);
      if (evidence.log === null) return;
      const other: LogRow = { amount: amount('77'), datetime: '2026-01-15 13:26:40', explained: false };
      const keyed = [...evidence.log.rows, other].map((row, at) => ({ row, key: order[at % 4] ?? 0 }));
      const rows = keyed.sort((a, b) => a.key - b.key).map(({ row }) => row);
      const log = { ...evidence.log, rows };
      const verdict = decide(entryOf(of), { ...evidence, log }, profileOf(of), policyOf(of));
      expect(verdict).toEqual(verdictOn(of));
    }),
  );
});

it('a row with our time and our amount twice is told as a double, and by nothing else', () => {
  fc.assert(
    fc.property(truth, (of) => {
      const evidence = evidenceOf(of);
      fc.pre(evidence.log !== null && of.isApplied);
      const { log } = evidence;
      const mine = log?.rows.filter(({ datetime }) => datetime === OURS) ?? [];
      const doubled = log === null ? null : { ...log, rows: [...log.rows, ...mine] };
      const { decision } = decide(entryOf(of), { ...evidence, log: doubled }, profileOf(of), policyOf(of));
      const canTell = of.isLogProven && of.carriesOurTime && of.isDeclared && mine.length > 0;
      expect(decision === 'double').toBe(canTell);
    }),
  );
});

it('a row with our time speaks against silence and stillness, whatever amount the host wrote into it', () => {
  fc.assert(
    fc.property(truth, (of) => {
      const evidence = evidenceOf(of);
      fc.pre(evidence.log !== null && of.isLogProven && of.carriesOurTime && of.isDeclared);
      const cut: LogRow = { amount: amount('77'), datetime: OURS, explained: false };
      const log = { timesAsked: 2, askedAfterMs: 300_000, rows: [...(evidence.log?.rows ?? []), cut] };
      const { decision, suggestion } = decide(entryOf(of), { ...evidence, log }, profileOf(of), policyOf(of));
      expect(decision).not.toBe('double');
      expect(suggestion).toBe('applied');
    }),
  );
});
