import { loadEvidencePolicy, loadHostProfile } from '../hosts/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Logger } from '../kernel/ports.ts';
import type { Increment, OutboxRepository } from '../ledger/index.ts';
import { decide } from './decide.ts';
import { type Gathered, type GatheredParts, investigationOf, noneGathered } from './gathered.ts';
import { noSums } from './undecided.ts';

interface ReplyEvidenceParts extends GatheredParts {
  readonly outbox: Pick<OutboxRepository, 'inReview' | 'isOfThisAccount'>;
  readonly settings: Settings;
  readonly logger: Logger;
}

/**
 * Stores the sums before a confirmed reply as evidence for the member's entries in review (protocol, "The next
 * reply"). `isQuiescent`: nothing of the entry could still arrive then. Runs inside the commit of the reply.
 */
export function keepReply(
  parts: ReplyEvidenceParts,
  confirmed: Increment,
  begunAtMs: number,
  isQuiescent: (entryId: string) => boolean,
): void {
  const { clock, evidence, outbox } = parts;
  const { balanceBefore, pointBefore, customerUid } = confirmed;
  if (balanceBefore === null || pointBefore === null) return;
  const reading = { balance: balanceBefore, point: pointBefore, atMonotonicMs: begunAtMs };
  const gatheredAtMs = Math.round(clock.nowMs() - (clock.monotonicMs() - begunAtMs));
  for (const increment of outbox.inReview()) {
    if (increment.customerUid !== customerUid || !outbox.isOfThisAccount(increment)) continue;
    const content = isQuiescent(increment.id) ? contentFor(parts, increment, confirmed, reading) : null;
    if (content !== null) evidence.keep(increment.id, gatheredAtMs, content);
  }
}

/** Null if the entry stays unclear: earlier evidence is worth more. */
function contentFor(
  parts: ReplyEvidenceParts,
  increment: Increment,
  confirmed: Increment,
  reading: Gathered['readings'][number],
): object | null {
  const { evidence, settings, logger } = parts;
  try {
    const kept = evidence.kept(increment.id)?.content as Partial<Pick<Gathered, 'log'>> | undefined;
    const known: Gathered = { ...noneGathered, readings: [reading], log: kept?.log ?? null };
    const of = investigationOf(parts, increment, known, 0);
    // The confirmed entry is not in the reading; the others may be.
    const others = [...evidence.others(increment, confirmed.id), noSums];
    const around = { ...of.evidence, othersUndecided: true, others };
    const verdict = decide(of.entry, around, loadHostProfile(settings), loadEvidencePolicy(settings));
    if (verdict.suggestion === 'unclear') return null;
    // Marked as not shown: an older screen's decision needs a new reading.
    return { verdict, readings: [reading], log: known.log, ofReply: true };
  } catch (thrown) {
    // No error here may undo a confirmation.
    logger.warn('evidence.not-kept', { error: String(thrown) });
    return null;
  }
}
