import type { Logger } from '../kernel/ports.ts';
import type { OutboxRepository, TransitionsRepository } from '../ledger/index.ts';
import { isEnteredForCard } from '../ledger/shown/index.ts';
import type { DirectoryRepository } from '../members/index.ts';
import type { EvidenceRepository } from './evidence-repository.ts';

export interface CardsOfOthersParts {
  readonly outbox: Pick<OutboxRepository, 'byId'>;
  readonly directory: Pick<DirectoryRepository, 'byNumber'>;
  readonly evidence: Pick<EvidenceRepository, 'wasAskedWhose'>;
  readonly transitions: Pick<TransitionsRepository, 'sendToReview'>;
  readonly logger: Logger;
}

/** What waited for a card that KYBIO has named somebody else for since is a person's to decide (ADR 57). */
export interface CardsOfOthers {
  /** True where the entry is a manager's now. What one has answered is not asked again. */
  stops(entryId: string): boolean;
}

export function createCardsOfOthers(parts: CardsOfOthersParts): CardsOfOthers {
  const { outbox, directory, evidence, transitions, logger } = parts;
  return {
    stops: (entryId) => {
      const entry = outbox.byId(entryId);
      if (entry === null || !isEnteredForCard(entry)) return false;
      const [owner] = directory.byNumber(entry.customerNumber);
      if (owner === undefined || owner.customerUid === entry.customerUid) return false;
      if (evidence.wasAskedWhose(entryId)) return false;
      logger.warn('entry.card-of-another', { sequence: entry.sequence });
      transitions.sendToReview(entry, 'card-of-another');
      return true;
    },
  };
}
