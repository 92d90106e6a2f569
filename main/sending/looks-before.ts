import { mayClearUp, type Purse } from '../hosts/calls/index.ts';
import { loadEvidencePolicy } from '../hosts/index.ts';
import { isCallRefused, type Link } from '../hosts/link/index.ts';
import { ATTEMPT_DEADLINE_MS, type HostLogRow } from '../hosts/port/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type {
  Baseline,
  Increment,
  OutboxRepository,
  SendCandidate,
  TransitionsRepository,
} from '../ledger/index.ts';
import {
  type DirectoryRepository,
  type MemberReader,
  type MemberReading,
  readMemberOf,
} from '../members/index.ts';
import type { DoubtRepository } from './doubts.ts';
import type { EvidenceRepository } from './evidence-repository.ts';
import { createLogForAll } from './log-for-all.ts';
import { createLookBatch } from './look-batch.ts';
import { createNeedsLook } from './needs-look.ts';
import { mayBeItsRecord, type UnreadableMembers } from './unreadable-members.ts';

export interface LooksBeforeParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly directory: DirectoryRepository;
  readonly reader: MemberReader;
  readonly evidence: EvidenceRepository;
  readonly doubts: DoubtRepository;
  readonly settings: Settings;
  readonly purse: Pick<Purse, 'may'>;
  readonly link: Pick<Link, 'state'>;
  readonly unreadableMembers: UnreadableMembers;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storeTimeZone: string;
}

/** What may have been sent before by another copy of this till is looked at before it is sent (ADR 26). */
export interface LooksBefore {
  /** At a start: what waits from before it, and the baselines of its members, before anything is read anew. */
  begin(): void;
  /** Whether the entry may go, after a look where it needs one; false also where it is a manager's now. */
  mayGo(candidate: SendCandidate): Promise<boolean>;
  /** Members whose entries wait for a look that cannot be made now. */
  waiting(): readonly string[];
  /** How many entries have no call left for their look. */
  waitingEntries(): number;
  /** This process has begun to send it, so it is no other copy's: what comes of it is known here. */
  begun(entryId: string): void;
  /** A manager has said that it is to be sent, which is not asked again after a start either: see `seen`. */
  answered(entryId: string): void;
  /** A person waits: one look is made whatever the budget says. */
  hurry(): void;
  /** Each look of the loop: a machine that was put back is known by its clocks. */
  beat(): void;
  /** The PC slept, or was put back. */
  wokeUp(): void;
}

/** With the day's calls used up one look is made this often all the same: our own meter may be wrong. */
const BEYOND_BUDGET_EVERY_MS = 900_000;

export function createLooksBefore(parts: LooksBeforeParts): LooksBefore {
  const { outbox, evidence, clock, purse, settings, unreadableMembers } = parts;
  const log = createLogForAll(parts);
  const batch = createLookBatch(parts);
  let beyondAtMs = Number.NEGATIVE_INFINITY;
  let begunAtMs = Number.NEGATIVE_INFINITY;

  const needs = createNeedsLook({ ...parts, candidates: outbox.candidates });
  const neediness = () => needs.now(batch.isSuspected);
  /** A copy that sent one of them may have sent this one a moment ago, and that is not there yet. */
  const mayStillArrive = (entryId: string): boolean =>
    batch.hasFound() &&
    needs.isOverStart(entryId) &&
    clock.monotonicMs() - begunAtMs < loadEvidencePolicy(settings, clock).quiescenceMs + ATTEMPT_DEADLINE_MS;
  const mayLook = (): boolean =>
    mayClearUp(purse) || clock.monotonicMs() - beyondAtMs >= BEYOND_BUDGET_EVERY_MS;

  /** Everything that its member has waiting, after one reading. */
  const judge = async (candidate: SendCandidate, reading: MemberReading) => {
    const { customerUid } = candidate;
    const rows = await log.of(customerUid, candidate);
    const looks = looksAt(customerUid, reading, rows);
    const ownRows = looks.some(({ increment, look }) => batch.isWorthItsLog(increment, look))
      ? await ownLog(customerUid)
      : null;
    for (const { increment, look } of looks) {
      // While its log was read it may have been cancelled.
      if (outbox.byId(increment.id)?.version !== increment.version || mayStillArrive(increment.id)) continue;
      batch.settle(increment, { ...look, ownRows });
      needs.looked(increment.id);
    }
  };

  const looksAt = (customerUid: string, reading: MemberReading, rows: readonly HostLogRow[] | null) => {
    const entries = incrementsOf(customerUid);
    return entries.map((increment) => {
      const others = entries.filter(({ id }) => id !== increment.id);
      return { increment, look: { isOverStart: needs.isOverStart(increment.id), others, reading, rows } };
    });
  };

  /** Only where the check-up asked it, and not beyond the day's calls: without it the sums are judged. */
  const ownLog = async (customerUid: string): Promise<readonly HostLogRow[] | null> => {
    if (!mayClearUp(purse)) return null;
    const result = await parts.reader.log(customerUid, 'probe');
    return result.ok ? result.value : null;
  };

  /** The baseline of its member, else what KYBIO said after the last reply to another of ours. */
  const baselineOf = (increment: Increment): Baseline | null => {
    const known = parts.directory.baseline(increment.customerUid);
    if (known !== null || evidence.knownBefore(increment).length > 0) return known;
    const { balance = null, point = null } = parts.doubts.afterLastReply(increment) ?? {};
    return balance === null || point === null ? null : { balance, point, atMs: clock.nowMs() };
  };

  /** Before anything is read anew: the baseline of now does not take away the ones before. */
  const keepBefore = (waiting: readonly Increment[]) =>
    evidence.keepBefore(
      waiting.flatMap((increment) => {
        const baseline = baselineOf(increment);
        return baseline === null ? [] : { increment, baseline };
      }),
    );

  const incrementsOf = (customerUid: string): readonly Increment[] => {
    const needsLook = neediness();
    return outbox
      .candidates()
      .filter((one) => one.customerUid === customerUid && needsLook(one))
      .flatMap(({ id }) => outbox.byId(id) ?? []);
  };

  const withoutCalls = (): readonly SendCandidate[] => {
    const candidates = outbox.candidates();
    return candidates.length === 0 || mayLook() ? [] : candidates.filter(neediness());
  };
  const arriving = (): readonly SendCandidate[] =>
    batch.hasFound() ? outbox.candidates().filter(({ id }) => mayStillArrive(id)) : [];

  const begin = () => {
    begunAtMs = clock.monotonicMs();
    const candidates = outbox.candidates();
    needs.begin(candidates);
    keepBefore(candidates.flatMap(({ id }) => outbox.byId(id) ?? []));
  };

  return {
    begin,
    mayGo: async (candidate) => {
      // Scanned while it was on its way: what its receipt calls confirmed is never sent again.
      if (evidence.papers(candidate.id).confirmed !== null) {
        parts.transitions.sendToReview(candidate, 'from-confirmed-receipt');
        return false;
      }
      // Its key came behind the start: all that waits then may be from before it.
      if (begunAtMs === Number.NEGATIVE_INFINITY) begin();
      needs.beat();
      if (!neediness()(candidate)) return true;
      if (!mayLook() || mayStillArrive(candidate.id)) return false;
      if (!mayClearUp(purse)) beyondAtMs = clock.monotonicMs();
      const { customerUid } = candidate;
      keepBefore(incrementsOf(customerUid));
      // By the card that it was entered for, whatever card the member has since.
      const customerNumber = outbox.byId(candidate.id)?.customerNumber ?? '';
      const reading = await readMemberOf(parts.reader, { customerNumber, customerUid }, 'probe');
      const isLacking = customerNumber === '' && !reading.ok && isCallRefused(reading.error);
      if (!reading.ok && !reading.isAnswered && !isLacking && !unreadableMembers.isItsRecord(customerUid)) {
        if (mayBeItsRecord(reading.error)) unreadableMembers.note(customerUid);
        return false;
      }
      unreadableMembers.forget(customerUid);
      await judge(candidate, reading);
      // Another one may have been found while this one was read.
      return !mayStillArrive(candidate.id) && outbox.byId(candidate.id)?.version === candidate.version;
    },
    waiting: () => [...withoutCalls(), ...arriving()].map(({ customerUid }) => customerUid),
    waitingEntries: () => withoutCalls().length,
    begun: (entryId) => {
      needs.begun(entryId);
      batch.begun(entryId);
    },
    answered: (entryId) => {
      needs.looked(entryId, Number.POSITIVE_INFINITY);
      evidence.seen(entryId);
    },
    hurry: () => {
      beyondAtMs = Number.NEGATIVE_INFINITY;
    },
    beat: needs.beat,
    wokeUp: needs.wokeUp,
  };
}
