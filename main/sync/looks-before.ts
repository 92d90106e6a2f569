import type { Settings } from '../database/settings-repository.ts';
import { isCallRefused } from '../kybio/read.ts';
import type { RechargeRow } from '../kybio/types.ts';
import type { DirectoryRepository } from '../members/directory-repository.ts';
import { type MemberReader, type MemberReading, readMemberOf } from '../members/member-reader.ts';
import type { OutboxRepository } from '../outbox/outbox-repository.ts';
import type { TransitionsRepository } from '../outbox/transitions-repository.ts';
import type { Increment, SendCandidate } from '../outbox/types.ts';
import type { Clock, Logger } from '../ports.ts';
import { type Budget, mayCall } from './call-budget.ts';
import type { CallMeter } from './call-meter-repository.ts';
import { explain } from './case.ts';
import type { Evidence, Sums } from './decide.ts';
import type { DoubtRepository } from './doubt-repository.ts';
import { loadEvidencePolicy, loadHostProfile } from './evidence-policy.ts';
import { type EvidenceRepository, noSums } from './evidence-repository.ts';
import type { InVain } from './in-vain.ts';
import { createLogForAll } from './log-for-all.ts';
import { judgeBeforeSending, type LookVerdict } from './look-before.ts';

export interface LooksBeforeParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly directory: DirectoryRepository;
  readonly reader: MemberReader;
  readonly evidence: EvidenceRepository;
  readonly doubts: DoubtRepository;
  readonly settings: Settings;
  readonly meter: CallMeter;
  readonly budget: Budget;
  readonly inVain: InVain;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storeTimeZone: string;
}

/** What may have been sent before by another copy of this till is looked at before it is sent (ADR 26). */
export interface LooksBefore {
  /** At a start: what waits from before it, and what is believed of its members, before anything is read afresh. */
  begin(): void;
  /** Whether the entry may go, after a look where it needs one; false also where it is a manager's now. */
  mayGo(candidate: SendCandidate): Promise<boolean>;
  /** Members whose entries wait for a look that cannot be made now. */
  waiting(): readonly string[];
  /** How many entries that are. */
  waitingEntries(): number;
  /** This process has begun to send it, so it is no other copy's: what comes of it is known here. */
  begun(entryId: string): void;
  /** A manager has said that it is to be sent. */
  answered(entryId: string): void;
  /** A person waits: one look is made whatever the budget says. */
  hurry(): void;
}

/** With the day's calls used up one look is made this often all the same: our own meter may be wrong. */
const BEYOND_BUDGET_EVERY_MS = 900_000;

export function createLooksBefore(parts: LooksBeforeParts): LooksBefore {
  const { outbox, evidence, clock, meter, budget, settings, inVain } = parts;
  /** Entries that waited over the start and were not looked at since. */
  const overStart = new Set<string>();
  /** When an entry was last looked at or begun, by the monotonic clock; infinite where a person has spoken. */
  const lookedAtMs = new Map<string, number>();
  const log = createLogForAll(parts);
  const batch = createBatch(parts);
  let beyondAtMs = Number.NEGATIVE_INFINITY;

  const needsLook = ({ id, createdAtMs }: SendCandidate): boolean => {
    const waitedMs = Math.abs(clock.nowMs() - createdAtMs);
    const { duplicates } = loadHostProfile(settings);
    // Its refusal tells, as long as it was seen to remember.
    if (duplicates !== null && waitedMs <= duplicates.greatestAgeMs / 2) return false;
    if (overStart.has(id)) return true;
    const looked = lookedAtMs.get(id);
    const sinceMs = looked === undefined ? waitedMs : clock.monotonicMs() - looked;
    return sinceMs >= loadEvidencePolicy(settings).lookAfterMs;
  };
  const mayLook = (): boolean =>
    mayCall('probe', meter.usedToday(), budget) || clock.monotonicMs() - beyondAtMs >= BEYOND_BUDGET_EVERY_MS;
  const looked = (entryId: string, atMs = clock.monotonicMs()) => {
    overStart.delete(entryId);
    lookedAtMs.set(entryId, atMs);
  };

  /** Everything that its member has waiting, after one reading. */
  const judge = (customerUid: string, reading: MemberReading, rows: readonly RechargeRow[] | null) => {
    const entries = waitingOf(customerUid).flatMap(({ id }) => outbox.byId(id) ?? []);
    for (const increment of entries) {
      const isOverStart = overStart.has(increment.id);
      const others = entries.filter(({ id }) => id !== increment.id);
      batch.settle(increment, { isOverStart, others, reading, rows });
      looked(increment.id);
    }
  };

  /** What is believed of its member, else what KYBIO said after the last reply to another of ours. */
  const keepBefore = ({ id, customerUid }: SendCandidate) => {
    const increment = outbox.byId(id);
    const told = increment === null ? null : parts.doubts.afterLastReply(increment);
    const { balance = null, point = null } = told ?? {};
    const ofReply = balance === null || point === null ? null : { balance, point, atMs: clock.nowMs() };
    const believed = parts.directory.baseline(customerUid) ?? ofReply;
    if (believed !== null) evidence.keepBefore(id, believed);
  };

  const waitingOf = (customerUid: string): readonly SendCandidate[] =>
    outbox.candidates().filter((one) => one.customerUid === customerUid && needsLook(one));

  const held = (): readonly SendCandidate[] => (mayLook() ? [] : outbox.candidates().filter(needsLook));

  return {
    begin: () => {
      for (const candidate of outbox.candidates()) {
        overStart.add(candidate.id);
        keepBefore(candidate);
      }
    },
    mayGo: async (candidate) => {
      if (!needsLook(candidate)) return true;
      if (!mayLook()) return false;
      if (!mayCall('probe', meter.usedToday(), budget)) beyondAtMs = clock.monotonicMs();
      const { customerUid } = candidate;
      for (const one of waitingOf(customerUid)) keepBefore(one);
      const customerNumber = parts.directory.byUid(customerUid)?.number ?? '';
      const reading = await readMemberOf(parts.reader, { customerNumber, customerUid }, 'probe');
      const isLacking = customerNumber === '' && !reading.ok && isCallRefused(reading.error);
      if (!reading.ok && !reading.isAnswered && !isLacking && !inVain.isItsRecord(customerUid)) {
        if (reading.error.kind === 'no-answer') inVain.note(customerUid);
        return false;
      }
      inVain.forget(customerUid);
      const rows = await log.of(customerUid, candidate);
      judge(customerUid, reading, rows);
      return outbox.byId(candidate.id)?.version === candidate.version;
    },
    waiting: () => held().map(({ customerUid }) => customerUid),
    waitingEntries: () => held().length,
    begun: (entryId) => looked(entryId),
    answered: (entryId) => looked(entryId, Number.POSITIVE_INFINITY),
    hurry: () => {
      beyondAtMs = Number.NEGATIVE_INFINITY;
    },
  };
}

interface Look {
  readonly isOverStart: boolean;
  /** What else of the member waits and may have been sent as well. */
  readonly others: readonly Increment[];
  readonly reading: MemberReading;
  readonly rows: readonly RechargeRow[] | null;
}

const sumsOf = ({ balanceIncrement, pointIncrement }: Increment): Sums => ({
  balance: balanceIncrement,
  point: pointIncrement,
});

/**
 * What waited over a start was copied together: where one was sent by another copy, what was sent a moment ago
 * though its member's sums could not tell is doubted, and what comes after it is not sent by itself.
 */
function createBatch(parts: LooksBeforeParts) {
  const { transitions, evidence, doubts, settings, clock, logger } = parts;
  const blurred: { readonly id: string; readonly before: Sums; readonly found: Sums }[] = [];
  let isSuspected = false;

  const suspect = () => {
    isSuspected = true;
    for (const { id, before, found } of blurred.splice(0))
      doubts.open({ entryId: id, kind: 'possible-double' }, id, clock.nowMs(), {
        believed: before,
        before: found,
      });
  };

  const keep = (increment: Increment, of: Evidence, judged: LookVerdict) => {
    const { readings, log } = of;
    const verdict = judged.do === 'review' ? { verdict: judged.verdict } : {};
    evidence.keep(increment.id, clock.nowMs(), { ...verdict, readings, log });
  };

  return {
    settle: (increment: Increment, look: Look): void => {
      const { entry, of } = caseBefore(parts, increment, look);
      const policy = loadEvidencePolicy(settings);
      const waited = { entry, evidence: of, overStart: look.isOverStart, isSuspected };
      const judged = judgeBeforeSending(waited, loadHostProfile(settings), policy);
      keep(increment, of, judged);
      const [reading] = of.readings;
      if (judged.do === 'send') {
        if (judged.isBlurred && look.isOverStart && entry.baseline !== null && reading !== undefined)
          blurred.push({ id: increment.id, before: entry.baseline, found: reading });
        return;
      }
      logger.warn('entry.sent-before', {
        sequence: increment.sequence,
        reasons: judged.verdict.reasons.join(' '),
      });
      transitions.sendToReview(increment, 'sent-before');
      if (look.isOverStart && judged.verdict.suggestion === 'applied') suspect();
    },
  };
}

/** The case of an entry that waits, as it would be of one whose answer was lost. */
function caseBefore(parts: LooksBeforeParts, increment: Increment, look: Look) {
  const { evidence, settings, clock } = parts;
  const { others, reading, rows } = look;
  const baseline = evidence.believedBefore(increment);
  const possible = [...evidence.others(increment), ...others.map(sumsOf)];
  const carriesOurTime = loadHostProfile(settings).log?.carriesOurTime === true;
  const isTold = reading.ok && reading.quiet && reading.value.customerUid === increment.customerUid;
  const of: Evidence = {
    readings: isTold
      ? [{ balance: reading.value.balance, point: reading.value.point, atMonotonicMs: clock.monotonicMs() }]
      : [],
    ownSince: noSums,
    othersUndecided: possible.length > 0,
    others: possible,
    log:
      rows === null
        ? null
        : { rows: explain(parts, increment, rows, carriesOurTime), timesAsked: 1, askedAfterMs: 0 },
    duplicateRefusals: 0,
    wasRestored: false,
  };
  return { entry: { ...increment, baseline }, of };
}
