import type { Logger } from '../kernel/ports.ts';
import type { RecordedEntry, TransitionsRepository } from '../ledger/index.ts';
import { isEnteredForCard } from '../ledger/shown/index.ts';
import type { DirectoryRepository } from '../members/index.ts';
import type { EvidenceRepository } from './evidence-repository.ts';

export interface CardsOfOthersParts {
  readonly directory: Pick<DirectoryRepository, 'byNumber'>;
  readonly evidence: Pick<EvidenceRepository, 'wasAskedWhose'>;
  readonly transitions: Pick<TransitionsRepository, 'sendToReview'>;
  readonly logger: Logger;
}

/** What waited for a card that KYBIO has named somebody else for since is a person's to decide (ADR 57). */
export interface CardsOfOthers {
  /** True where the entry is a manager's now. What one has answered is not asked again. */
  stops(entry: RecordedEntry): boolean;
}

export function createCardsOfOthers(parts: CardsOfOthersParts): CardsOfOthers {
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
