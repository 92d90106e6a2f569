import type { Settings } from '../database/settings-repository.ts';
import { loadEvidencePolicy } from '../host/evidence-policy.ts';
import type { Baseline, Increment } from '../outbox/types.ts';
import type { Clock, Logger } from '../ports.ts';
import { doubtOfContradiction } from './contradicted.ts';
import type { DoubtRepository } from './doubts.ts';
import { type Doubt, doubtOfReply, filledIn, isJudgedByLastReply, withoutDoubt } from './next-reply.ts';
import type { Sums } from './undecided.ts';

export interface DoubtParts {
  readonly doubts: DoubtRepository;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
}

const incrementsOf = ({ balanceIncrement, pointIncrement }: Increment): Sums => ({
  balance: balanceIncrement,
  point: pointIncrement,
});

/** Where others write as well, what was replied to longer ago than this is not held to have come twice. */
const RECENT_MS = 900_000;

/**
 * What KYBIO had before this increment, against the baseline (protocol, "The next reply"). Belongs
 * inside the commit of the attempt's end: an error of the database undoes both.
 */
export function compareWithBaseline(
  parts: DoubtParts,
  increment: Increment,
  baseline: Baseline | null,
): void {
  const found = doubtIn(parts, increment, baseline);
  if (found === null) return;
  const { doubt, expected, before } = found;
  parts.logger.warn('entry.doubted', { entry: doubt.entryId, kind: doubt.kind });
  parts.doubts.open(doubt, increment.id, parts.clock.nowMs(), { believed: expected, before });
}

function doubtIn(
  { doubts, logger, settings, clock }: DoubtParts,
  increment: Increment,
  baseline: Baseline | null,
): { readonly doubt: Doubt; readonly expected: Sums; readonly before: Sums } | null {
  const { state, balanceBefore, pointBefore } = increment;
  const replied = { balance: balanceBefore, point: pointBefore };
  if (state !== 'confirmed' || (balanceBefore === null && pointBefore === null)) return null;
  try {
    const { singleWriter } = loadEvidencePolicy(settings, clock);
    const suspects = doubts.suspects(increment, singleWriter ? 0 : clock.nowMs() - RECENT_MS);
    const known = {
      baseline,
      afterLastReply: isJudgedByLastReply(suspects, singleWriter) ? doubts.afterLastReply(increment) : null,
      beforeFirstSending: doubts.beforeFirstSending(increment.id),
    };
    const undecided = doubts.undecided(increment);
    const doubt =
      doubtOfReply(increment, replied, known, { suspects, undecided, singleWriter }) ??
      (baseline === null
        ? null
        : doubtOfContradiction({
            ...{ baseline, undecided, singleWriter, before: replied },
            entry: { id: increment.id, increments: incrementsOf(increment) },
            isRecent: Math.abs(clock.nowMs() - baseline.atMs) <= RECENT_MS,
            added: suspects
              .filter(({ id, how }) => id !== increment.id && how === 'replied')
              .map(({ increments }) => increments),
          }));
    if (doubt === null) return null;
    const before = filledIn(replied, { ...known, afterLastReply: doubts.afterLastReply(increment) });
    return { doubt, expected: withoutDoubt(doubt, before, suspects, replied), before };
  } catch (thrown) {
    // What KYBIO confirmed is confirmed, whatever a comparison stumbles over.
    logger.warn('doubt.not-kept', { error: String(thrown) });
    return null;
  }
}
