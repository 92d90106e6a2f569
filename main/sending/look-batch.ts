import { loadEvidencePolicy, loadHostProfile } from '../hosts/index.ts';
import type { HostLogRow } from '../hosts/port/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Increment, OutboxRepository, TransitionsRepository } from '../ledger/index.ts';
import type { MemberReading } from '../members/index.ts';
import type { SumsSeen } from './doubt-content.ts';
import type { DoubtRepository } from './doubts.ts';
import { type EvidenceRepository, noSums } from './evidence-repository.ts';
import { explain } from './gathered.ts';
import {
  hasMoved,
  isProvenToTell,
  judgeBeforeSending,
  type LookVerdict,
  type Waited,
} from './look-before.ts';
import type { Evidence, Sums } from './undecided.ts';

export interface LookBatchParts {
  readonly outbox: Pick<OutboxRepository, 'byId'>;
  readonly transitions: Pick<TransitionsRepository, 'sendToReview'>;
  readonly evidence: EvidenceRepository;
  readonly doubts: Pick<DoubtRepository, 'open'>;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storeTimeZone: string;
}

/** One look at an entry. */
export interface Look {
  readonly isOverStart: boolean;
  /** What else of the member waits and may have been sent as well. */
  readonly others: readonly Increment[];
  readonly reading: MemberReading;
  /** Of the log of all members; null where KYBIO does not tell. */
  readonly rows: readonly HostLogRow[] | null;
  /** Of the member's own log; null where it was not read. */
  readonly ownRows: readonly HostLogRow[] | null;
}

/**
 * What waited over a start was copied together: where one was sent by another copy, what was sent a moment ago
 * though its member's sums could not tell is doubted, what was let go and still waits is looked at once more, and
 * what comes after it is not sent by itself.
 */
export interface LookBatch {
  settle(increment: Increment, look: Look): void;
  /** Whether the member's own log could tell of the entry what its sums do not. */
  isWorthItsLog(increment: Increment, look: Omit<Look, 'ownRows'>): boolean;
  /** It was let go before another one of its start was found to have been sent. */
  isSuspected(entryId: string): boolean;
  /** One of this start was found to have been sent by another copy. */
  hasFound(): boolean;
  /** It leaves, or may have left. */
  begun(entryId: string): void;
}

export function createLookBatch(parts: LookBatchParts): LookBatch {
  const { outbox, transitions, evidence, doubts, settings, clock, logger } = parts;
  /** What was let go though its member's sums had moved, with the baseline and what they were. */
  const blurred = new Map<string, { readonly baseline: Sums; readonly before: Sums }>();
  let isSuspected = false;

  const openDoubt = (entryId: string) => {
    const seen = blurred.get(entryId);
    if (!blurred.delete(entryId) || seen === undefined) return;
    const content: SumsSeen = { known: seen.baseline, read: seen.before };
    doubts.open({ entryId, kind: 'possible-double' }, entryId, clock.nowMs(), content);
  };

  const suspect = () => {
    isSuspected = true;
    for (const entryId of [...blurred.keys()]) {
      const increment = outbox.byId(entryId);
      if (increment?.state === 'queued' && !increment.touched) continue;
      // What never left is not there twice: it was cancelled, or is a manager's.
      if (increment?.touched === true || increment?.state === 'sending') openDoubt(entryId);
      else blurred.delete(entryId);
    }
  };

  const keep = (increment: Increment, of: Evidence, judged: LookVerdict) => {
    const { readings, log } = of;
    const verdict = judged.do === 'review' ? { verdict: judged.verdict } : {};
    evidence.keep(increment.id, clock.nowMs(), { ...verdict, readings, log });
  };

  return {
    settle: (increment, look) => {
      const isAgain = isSuspected && blurred.delete(increment.id);
      const isOverStart = look.isOverStart || isAgain;
      const waited = { ...lookedInto(parts, increment, look), overStart: isOverStart, isSuspected };
      const judged = judgeBeforeSending(
        waited,
        loadHostProfile(settings),
        loadEvidencePolicy(settings, clock),
      );
      keep(increment, waited.evidence, judged);
      const [before] = waited.evidence.readings;
      const [baseline] = waited.knownBefore;
      if (judged.do === 'send') {
        if (judged.isBlurred && isOverStart && baseline !== undefined && before !== undefined)
          blurred.set(increment.id, { baseline, before });
        return;
      }
      logger.warn('entry.sent-before', {
        sequence: increment.sequence,
        reasons: judged.verdict.reasons.join(' '),
      });
      transitions.sendToReview(increment, 'sent-before');
      if (isOverStart && judged.verdict.suggestion === 'applied') suspect();
    },
    isWorthItsLog: (increment, look) => {
      const [profile, policy] = [loadHostProfile(settings), loadEvidencePolicy(settings, clock)];
      if (!isProvenToTell(increment, profile, policy)) return false;
      return hasMoved(lookedInto(parts, increment, { ...look, ownRows: null }));
    },
    hasFound: () => isSuspected,
    isSuspected: (entryId) => isSuspected && blurred.has(entryId),
    begun: (entryId) => {
      if (isSuspected) openDoubt(entryId);
    },
  };
}

const sumsOf = ({ balanceIncrement, pointIncrement }: Increment): Sums => ({
  balance: balanceIncrement,
  point: pointIncrement,
});

/** An entry that waits, looked into as one whose answer was lost. */
function lookedInto(
  parts: LookBatchParts,
  increment: Increment,
  look: Look,
): Pick<Waited, 'entry' | 'knownBefore' | 'evidence' | 'ownLog'> {
  const { evidence, settings, clock } = parts;
  const { others, reading } = look;
  const knownBefore = evidence.knownBefore(increment);
  const possible = [...evidence.others(increment), ...others.map(sumsOf)];
  const carriesOurTime = loadHostProfile(settings).log?.carriesOurTime === true;
  const logOf = (rows: readonly HostLogRow[] | null): Evidence['log'] =>
    rows === null
      ? null
      : { rows: explain(parts, increment, rows, carriesOurTime), timesAsked: 1, askedAfterMs: 0 };
  const isUsable = reading.ok && reading.overlapsNoSend;
  const of: Evidence = {
    readings: isUsable
      ? [{ balance: reading.value.balance, point: reading.value.point, atMonotonicMs: clock.monotonicMs() }]
      : [],
    ownSince: noSums,
    othersUndecided: possible.length > 0,
    others: possible,
    log: logOf(look.rows),
    duplicateRefusals: 0,
    wasRestored: false,
  };
  return { entry: increment, knownBefore, evidence: of, ownLog: logOf(look.ownRows) };
}
