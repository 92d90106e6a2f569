import { loadEvidencePolicy, loadHostProfile } from '../hosts/index.ts';
import type { HostLogRow } from '../hosts/port/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Increment, OutboxRepository, TransitionsRepository } from '../ledger/index.ts';
import type { MemberReading } from '../members/index.ts';
import type { EvidenceRepository } from './evidence-repository.ts';
import { explain } from './gathered.ts';
import { decideBeforeSending, type PreSendVerdict, type Waited } from './pre-send-decision.ts';
import { type Evidence, noSums, sumsOfEntry } from './undecided.ts';

interface PreSendBatchParts {
  readonly outbox: Pick<OutboxRepository, 'byId'>;
  readonly transitions: Pick<TransitionsRepository, 'sendToReview'>;
  readonly evidence: EvidenceRepository;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storeTimeZone: string;
}

/** The readings of a pre-send check. */
export interface PreSendFacts {
  readonly isOverStart: boolean;
  /** The member's other waiting entries, which may have been sent too. */
  readonly others: readonly Increment[];
  readonly reading: MemberReading;
  /** From the log of all members; null if KYBIO has none. */
  readonly rows: readonly HostLogRow[] | null;
}

/**
 * Entries that waited over a start were copied together. Once one turns out to have been sent by a clone, one let
 * through and still waiting is checked again, and later ones are not sent automatically.
 */
interface PreSendBatch {
  settle(increment: Increment, facts: PreSendFacts): void;
  /** It passed before another entry of this start turned out to have been sent. */
  isSuspected(entryId: string): boolean;
  /** An entry of this start was sent by a clone. */
  hasFound(): boolean;
}

export function createPreSendBatch(parts: PreSendBatchParts): PreSendBatch {
  const { outbox, transitions, evidence, settings, clock, logger } = parts;
  /** Entries that passed although their member's sums had moved. */
  const blurred = new Set<string>();
  let isSuspected = false;

  const suspect = () => {
    isSuspected = true;
    for (const entryId of [...blurred]) {
      const increment = outbox.byId(entryId);
      if (increment?.state !== 'queued' || increment.touched) blurred.delete(entryId);
    }
  };

  const keep = (increment: Increment, of: Evidence, judged: PreSendVerdict) => {
    const { readings, log } = of;
    const verdict = judged.do === 'review' ? { verdict: judged.verdict } : {};
    evidence.keep(increment.id, clock.nowMs(), { ...verdict, readings, log });
  };

  return {
    settle: (increment, facts) => {
      const isAgain = isSuspected && blurred.delete(increment.id);
      const isOverStart = facts.isOverStart || isAgain;
      const waited = { ...asWaited(parts, increment, facts), overStart: isOverStart, isSuspected };
      const judged = decideBeforeSending(waited, loadHostProfile(settings), loadEvidencePolicy(settings));
      keep(increment, waited.evidence, judged);
      if (judged.do === 'send') {
        if (judged.isBlurred && isOverStart) blurred.add(increment.id);
        return;
      }
      logger.warn('entry.sent-before', {
        sequence: increment.sequence,
        reasons: judged.verdict.reasons.join(' '),
      });
      transitions.sendToReview(increment, 'sent-before');
      if (isOverStart && judged.verdict.suggestion === 'applied') suspect();
    },
    hasFound: () => isSuspected,
    isSuspected: (entryId) => isSuspected && blurred.has(entryId),
  };
}

/** Treats a waiting entry like one whose answer was lost. */
function asWaited(
  parts: PreSendBatchParts,
  increment: Increment,
  facts: PreSendFacts,
): Pick<Waited, 'entry' | 'earlierBaselines' | 'evidence'> {
  const { evidence, settings, clock } = parts;
  const { others, reading } = facts;
  const earlierBaselines = evidence.earlierBaselines(increment);
  const possible = [...evidence.others(increment), ...others.map(sumsOfEntry)];
  const carriesOurTime = loadHostProfile(settings).log?.carriesOurTime === true;
  const isUsable = reading.ok && reading.overlapsNoSend;
  const of: Evidence = {
    readings: isUsable
      ? [{ balance: reading.value.balance, point: reading.value.point, atMonotonicMs: clock.monotonicMs() }]
      : [],
    ownSince: noSums,
    othersUndecided: possible.length > 0,
    others: possible,
    log:
      facts.rows === null
        ? null
        : { rows: explain(parts, increment, facts.rows, carriesOurTime), timesAsked: 1, askedAfterMs: 0 },
    duplicateRefusals: 0,
    wasRestored: false,
  };
  return { entry: increment, earlierBaselines, evidence: of };
}
