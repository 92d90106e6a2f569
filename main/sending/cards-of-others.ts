import type { RecordedEntry } from '../ledger/index.ts';
import { isEnteredForCard } from '../ledger/shown/index.ts';
import type { SyncLoopParts } from './loop-parts.ts';

/** An entry waiting for a card that KYBIO has since given to another member goes to a manager (ADR 57). */
export interface CardsOfOthers {
  /** True if it went to review; an answered question is not asked again. */
  stops(entry: RecordedEntry): boolean;
}

export function createCardsOfOthers(
  parts: Pick<SyncLoopParts, 'directory' | 'evidence' | 'transitions' | 'logger'>,
): CardsOfOthers {
  const { directory, evidence, transitions, logger } = parts;
  return {
    stops: (entry) => {
      const { id, customer_number: customerNumber, customer_uid: customerUid, kind, corrects } = entry;
      if (!isEnteredForCard({ customerNumber, kind, corrects })) return false;
      const [owner] = directory.byNumber(customerNumber);
      if (owner === undefined || owner.customerUid === customerUid) return false;
      if (evidence.wasAskedWhose(id)) return false;
      logger.warn('entry.card-of-another', { sequence: entry.sequence });
      transitions.sendToReview(entry, 'card-of-another');
      return true;
    },
  };
}
