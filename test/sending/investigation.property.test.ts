import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  CACHES_LIVE_MS,
  type EvidencePolicy,
  SHORTEST_QUIESCENCE_MS,
} from '../../main/hosts/host/evidence-policy.ts';
import { type HostProfile, unknownHost } from '../../main/hosts/host/host-profile.ts';
import { type Investigation, type May, nextStep, UNDECIDED_MS } from '../../main/sending/investigation.ts';
import type { Evidence, Sums, UndecidedEntry } from '../../main/sending/undecided.ts';
import { amount, zeroAmount } from '../../preload/contract/index.ts';

const QUIESCENT_AT_MS = SHORTEST_QUIESCENCE_MS;
const HOUR_MS = 3_600_000;
const none = { balance: zeroAmount, point: zeroAmount };
const sums = fc.record({
  balance: fc.constantFrom('100', '105', '110').map(amount),
  point: fc.constantFrom('7', '8').map(amount),
});

const entry: fc.Arbitrary<UndecidedEntry> = fc.record({
  kind: fc.constantFrom('top-up' as const, 'award' as const, 'reversal' as const),
  balanceIncrement: fc.constantFrom('5', '0').map(amount),
  pointIncrement: fc.constant(amount('1')),
  dataChangeTime: fc.constant('2026-01-15 13:26:23'),
  baseline: fc.option(sums, { nil: null }),
});

const laterMs = fc.nat({ max: UNDECIDED_MS + 300_000 }).map((afterMs) => QUIESCENT_AT_MS + afterMs);
const evidence: fc.Arbitrary<Evidence> = fc.record({
  readings: fc.array(
    fc.tuple(sums, laterMs).map(([read, atMonotonicMs]) => ({ ...read, atMonotonicMs })),
    { maxLength: 3 },
  ),
  ownSince: fc.constant(none),
  othersUndecided: fc.boolean(),
  others: fc.constant([]),
  log: fc.option(
    fc.record({
      rows: fc.constantFrom(
        [],
        [{ amount: amount('5'), datetime: '2026-01-15 13:26:23', explained: false }],
        [{ amount: amount('5'), datetime: '2026-01-15 13:26:40', explained: false }],
      ),
      timesAsked: fc.nat({ max: 3 }),
      askedAfterMs: fc.nat({ max: 400_000 }),
    }),
    { nil: null },
  ),
  duplicateRefusals: fc.nat({ max: 2 }),
  wasRestored: fc.boolean(),
});

/** Mostly past; else soon, after the deadline, or never. */
const notBeforeMs = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: laterMs },
  { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
);

const anInvestigation: fc.Arbitrary<Investigation> = fc.record({
  ...{ entry, evidence },
  quiescentAtMs: fc.constant(QUIESCENT_AT_MS),
  logAskedAtMs: fc.option(laterMs, { nil: null }),
  memberNotBeforeMs: notBeforeMs,
  logNotBeforeMs: notBeforeMs,
  ageMs: fc.integer({ min: -HOUR_MS, max: 3 * HOUR_MS }),
  firstWasDuplicate: fc.boolean(),
  refusedAgain: fc.boolean(),
});

const profile: fc.Arbitrary<HostProfile> = fc
  .record({
    duplicates: fc.option(fc.record({ greatestAgeMs: fc.nat({ max: 2 * HOUR_MS }) }), { nil: null }),
    log: fc.option(
      fc.record({
        carriesOurTime: fc.boolean(),
        delayMs: fc.nat({ max: 120_000 }),
      }),
      { nil: null },
    ),
  })
  .map((shown) => ({ ...unknownHost, ...shown }));
const policy: fc.Arbitrary<EvidencePolicy> = fc.record({
  tillNumbersDeclared: fc.boolean(),
  quiescenceMs: fc.constant(SHORTEST_QUIESCENCE_MS),
  secondReadingMs: fc.integer({ min: 60_000, max: 300_000 }),
  lookAfterMs: fc.constant(3_600_000),
});
const may = fc.record({ mayCall: fc.boolean(), maySend: fc.boolean() });
const nowMs = fc.nat({ max: QUIESCENT_AT_MS + UNDECIDED_MS + 600_000 });

it('asks nothing, decides nothing and sends nothing before quiescence', () => {
  fc.assert(
    fc.property(
      anInvestigation,
      profile,
      policy,
      fc.nat({ max: QUIESCENT_AT_MS - 1 }),
      may,
      (of, host, declared, at, allowed) => {
        expect(nextStep(of, host, declared, at, allowed)).toEqual({ do: 'wait', untilMs: QUIESCENT_AT_MS });
      },
    ),
  );
});

it('calls only where it may, sends again only where that is proven, and never waits for a moment that is past', () => {
  fc.assert(
    fc.property(anInvestigation, profile, policy, nowMs, may, (of, host, declared, at, allowed) => {
      const step = nextStep(of, host, declared, at, allowed);
      if (step.do === 'read-member' || step.do === 'read-log') expect(allowed.mayCall).toBe(true);
      if (step.do === 'send-again') {
        expect(allowed.maySend && declared.tillNumbersDeclared).toBe(true);
        expect(host.duplicates).not.toBeNull();
        expect(of.ageMs).toBeGreaterThanOrEqual(0);
        expect(of.ageMs).toBeLessThanOrEqual((host.duplicates?.greatestAgeMs ?? -1) / 2);
        expect(of.firstWasDuplicate || of.refusedAgain).toBe(false);
      }
      if (step.do === 'settle') expect(step.verdict.decision).not.toBe('ask');
      if (step.do === 'review') expect(step.verdict.decision).toBe('ask');
      if (step.do === 'wait') expect(step.untilMs).toBeGreaterThan(at);
      expect(nextStep(of, host, declared, at, allowed)).toEqual(step);
    }),
    { numRuns: 3_000 },
  );
});

const readings = fc.array(sums, { minLength: 8, maxLength: 8 });
const unread = { readings: [], log: null } as const;

/** Walks an unread case to its end, one step a turn, and says when that was. */
function endOf(
  of: Investigation,
  [host, declared]: readonly [HostProfile, EvidencePolicy],
  reads: readonly Sums[],
  allowed: readonly May[],
): number {
  let now: Investigation = { ...of, logAskedAtMs: null, evidence: { ...of.evidence, ...unread } };
  let at = QUIESCENT_AT_MS;
  for (const [turn, allows] of allowed.entries()) {
    const step = nextStep(now, host, declared, at, allows);
    if (step.do === 'settle' || step.do === 'review') return at;
    if (step.do === 'wait') at = step.untilMs;
    const read = reads[turn % reads.length];
    if (step.do === 'read-member' && read !== undefined) {
      const seen = [...now.evidence.readings, { ...read, atMonotonicMs: at }];
      now = { ...now, evidence: { ...now.evidence, readings: seen } };
    }
    if (step.do === 'read-log') {
      const timesAsked = (now.evidence.log?.timesAsked ?? 0) + 1;
      const log = { rows: of.evidence.log?.rows ?? [], timesAsked, askedAfterMs: at };
      now = { ...now, logAskedAtMs: at, evidence: { ...now.evidence, log } };
    }
    at += 1_000;
  }
  throw new Error('goes on for ever');
}

it('comes to an end by its deadline, whatever is read and whether or not it may call', () => {
  const any = fc.array(may, { minLength: 40, maxLength: 40 });
  fc.assert(
    fc.property(anInvestigation, profile, policy, readings, any, (of, host, declared, reads, allowed) => {
      const unsent = { ...of, firstWasDuplicate: true };
      const endedAtMs = endOf(unsent, [host, declared], reads, allowed);
      // A first reading at the last moment is followed by a second one.
      expect(endedAtMs).toBeLessThanOrEqual(QUIESCENT_AT_MS + UNDECIDED_MS + CACHES_LIVE_MS + 160_000);
    }),
    { numRuns: 1_000 },
  );
});

it('and where only a manager can let it be sent again, after it has looked at what can be read', () => {
  const waiting: readonly May[] = Array.from({ length: 40 }, () => ({ mayCall: true, maySend: false }));
  const refuses: HostProfile = {
    ...unknownHost,
    duplicates: { greatestAgeMs: 24 * HOUR_MS },
  };
  fc.assert(
    fc.property(anInvestigation, policy, readings, (of, declared, reads) => {
      const world = [refuses, { ...declared, tillNumbersDeclared: true }] as const;
      const untried = { firstWasDuplicate: false, refusedAgain: false, memberNotBeforeMs: 0 };
      const young = { ...of, ...untried, ageMs: HOUR_MS };
      expect(endOf(young, world, reads, waiting)).toBeLessThanOrEqual(
        QUIESCENT_AT_MS + UNDECIDED_MS + 40_000,
      );
      const first = nextStep(
        { ...young, evidence: { ...of.evidence, ...unread } },
        ...world,
        QUIESCENT_AT_MS,
        {
          mayCall: true,
          maySend: false,
        },
      );
      expect(first.do).toBe('read-member');
      const late = QUIESCENT_AT_MS + UNDECIDED_MS;
      const sendsFromMs = late + 900_000;
      const held = { mayCall: true, maySend: true, sendsFromMs };
      expect(nextStep(young, ...world, late, held)).toEqual({ do: 'wait', untilMs: sendsFromMs });
      // Where KYBIO does not answer at all, the answer to the same bytes is worth the wait.
      expect(nextStep(young, ...world, late, { mayCall: false, maySend: false }).do).toBe('wait');
    }),
  );
});
