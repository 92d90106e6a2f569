import { loadEvidencePolicy } from '../hosts/index.ts';
import { isCallRefused, type Link } from '../hosts/link/index.ts';
import { ATTEMPT_DEADLINE_MS, type HostLogRow } from '../hosts/port/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Increment, OutboxRepository, SendCandidate, TransitionsRepository } from '../ledger/index.ts';
import {
  type DirectoryRepository,
  type MemberReader,
  type MemberReading,
  readMemberOf,
} from '../members/index.ts';
import type { EvidenceRepository } from './evidence-repository.ts';
import type { FailedReads } from './failed-reads.ts';
import { createLogForAll } from './log-for-all.ts';
import { createNeedsCheck } from './needs-check.ts';
import { createPreSendBatch } from './pre-send-batch.ts';

interface PreSendCheckParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly directory: DirectoryRepository;
  readonly reader: MemberReader;
  readonly evidence: EvidenceRepository;
  readonly settings: Settings;
  readonly link: Pick<Link, 'state'>;
  readonly failedReads: FailedReads;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storeTimeZone: string;
}

/** Pre-send checks of entries that a clone may have sent (ADR 26). */
export interface PreSendCheck {
  /** At a start, before anything is read: notes the waiting entries and stores their members' baselines. */
  begin(): void;
  /** Whether the entry may go, after a check if it needs one; false too if it went to review. */
  mayGo(candidate: SendCandidate): Promise<boolean>;
  /** Members whose entries wait for a check that cannot be made now. */
  waiting(): readonly string[];
  /** This process is sending it: from here on its fate is known here. */
  begun(entryId: string): void;
  /** A manager said to send it: not checked again, nor after a restart. */
  answered(entryId: string): void;
  /** On each round of the loop: the clocks reveal a restored machine. */
  beat(): void;
  wokeUp(): void;
}

export function createPreSendCheck(parts: PreSendCheckParts): PreSendCheck {
  const { outbox, evidence, clock, settings, failedReads } = parts;
  const log = createLogForAll(parts);
  const batch = createPreSendBatch(parts);
  let begunAtMs = Number.NEGATIVE_INFINITY;

  const needs = createNeedsCheck({ ...parts, candidates: outbox.candidates });
  const neediness = () => needs.now(batch.isSuspected);
  /** A clone that sent one of them may have sent this one just now, not visible yet. */
  const mayStillArrive = (entryId: string): boolean =>
    batch.hasFound() &&
    needs.isOverStart(entryId) &&
    clock.monotonicMs() - begunAtMs < loadEvidencePolicy(settings).quiescenceMs + ATTEMPT_DEADLINE_MS;

  /** Checks all waiting entries of the member with one reading. */
  const decideAll = async (candidate: SendCandidate, reading: MemberReading) => {
    const { customerUid } = candidate;
    const rows = await log.of(customerUid, candidate);
    const checks = checksOf(customerUid, reading, rows);
    for (const { increment, facts } of checks) {
      // It may have been cancelled during the log query.
      if (outbox.byId(increment.id)?.version !== increment.version || mayStillArrive(increment.id)) continue;
      batch.settle(increment, facts);
      needs.checked(increment.id);
    }
  };

  const checksOf = (customerUid: string, reading: MemberReading, rows: readonly HostLogRow[] | null) => {
    const entries = incrementsOf(customerUid);
    return entries.map((increment) => {
      const others = entries.filter(({ id }) => id !== increment.id);
      return { increment, facts: { isOverStart: needs.isOverStart(increment.id), others, reading, rows } };
    });
  };

  /** Before a new reading; earlier baselines stay. */
  const keepBefore = (waiting: readonly Increment[]) =>
    evidence.keepBefore(
      waiting.flatMap((increment) => {
        const baseline = parts.directory.baseline(increment.customerUid);
        return baseline === null ? [] : { increment, baseline };
      }),
    );

  const incrementsOf = (customerUid: string): readonly Increment[] => {
    const needsCheck = neediness();
    return outbox
      .candidates()
      .filter((one) => one.customerUid === customerUid && needsCheck(one))
      .flatMap(({ id }) => outbox.byId(id) ?? []);
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
      // A receipt scanned meanwhile says _confirmed_: never sent again.
      if (evidence.papers(candidate.id).confirmed !== null) {
        parts.transitions.sendToReview(candidate, 'from-confirmed-receipt');
        return false;
      }
      // The key came after the start: all that waits then may be from before it.
      if (begunAtMs === Number.NEGATIVE_INFINITY) begin();
      needs.beat();
      if (!neediness()(candidate)) return true;
      if (mayStillArrive(candidate.id)) return false;
      const { customerUid } = candidate;
      keepBefore(incrementsOf(customerUid));
      // By the card it was entered for.
      const customerNumber = outbox.byId(candidate.id)?.customerNumber ?? '';
      const reading = await readMemberOf(parts.reader, { customerNumber, customerUid }, 'probe');
      const isLacking = customerNumber === '' && !reading.ok && isCallRefused(reading.error);
      if (!reading.ok && !reading.isAnswered && !isLacking && !failedReads.isHopeless(customerUid)) {
        failedReads.note(customerUid, reading.error);
        return false;
      }
      failedReads.forget(customerUid);
      await decideAll(candidate, reading);
      // Another entry may have been found sent meanwhile.
      return !mayStillArrive(candidate.id) && outbox.byId(candidate.id)?.version === candidate.version;
    },
    waiting: () => arriving().map(({ customerUid }) => customerUid),
    begun: needs.begun,
    answered: (entryId) => {
      needs.checked(entryId, Number.POSITIVE_INFINITY);
      evidence.seen(entryId);
    },
    beat: needs.beat,
    wokeUp: needs.wokeUp,
  };
}
