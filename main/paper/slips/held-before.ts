import type { Increment } from '../../ledger/index.ts';
import type { DirectoryRepository } from '../../members/index.ts';
import { type EvidenceRepository, mayHaveCome } from '../../sending/index.ts';
import type { HeldBefore } from './slip-facts.ts';

export interface HeldBeforeParts {
  readonly evidence: Pick<EvidenceRepository, 'attempts' | 'papers'>;
  readonly directory: Pick<DirectoryRepository, 'baseline'>;
}

/**
 * What is known, when a receipt is printed, of what the member held before the entry: as the host answered, else the
 * baseline of its first sending, else the one of now while it certainly was not sent. Null where nobody knows.
 */
export const createHeldBefore =
  ({ evidence, directory }: HeldBeforeParts) =>
  (entry: Increment): HeldBefore | null => {
    const { balanceBefore, pointBefore, settledAtMs } = entry;
    if (balanceBefore !== null && pointBefore !== null && settledAtMs !== null)
      return { balance: balanceBefore, point: pointBefore, atMs: settledAtMs };
    const first = evidence.attempts(entry.id).find(mayHaveCome);
    if (first !== undefined) return first.baseline;
    // What waits for a person may have been sent from elsewhere, and a reading of now may hold it.
    return entry.state === 'queued'
      ? directory.baseline(entry.customerUid)
      : evidence.papers(entry.id).before;
  };
