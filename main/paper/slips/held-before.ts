import type { Increment } from '../../ledger/index.ts';
import type { DirectoryRepository } from '../../members/index.ts';
import { type EvidenceRepository, mayHaveArrived } from '../../sending/index.ts';
import type { HeldBefore } from './receipt-code-facts.ts';

export interface HeldBeforeParts {
  readonly evidence: Pick<EvidenceRepository, 'attempts' | 'papers'>;
  readonly directory: Pick<DirectoryRepository, 'baseline'>;
}

/**
 * A member's sums before the entry, as known when its receipt is printed: as the host answered, else the baseline of
 * the first send, else the present one if the entry was certainly not sent. Null where unknown.
 */
export const createHeldBefore =
  ({ evidence, directory }: HeldBeforeParts) =>
  (entry: Increment): HeldBefore | null => {
    const { balanceBefore, pointBefore, settledAtMs } = entry;
    if (balanceBefore !== null && pointBefore !== null && settledAtMs !== null)
      return { balance: balanceBefore, point: pointBefore, atMs: settledAtMs };
    const first = evidence.attempts(entry.id).find(mayHaveArrived);
    if (first !== undefined) return first.baseline;
    // An entry in review may have been sent from elsewhere, and a present reading may include it.
    return entry.state === 'queued'
      ? directory.baseline(entry.customerUid)
      : evidence.papers(entry.id).before;
  };
