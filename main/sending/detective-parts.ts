import type { Purse } from '../hosts/calls/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { OutboxRepository, TransitionsRepository } from '../ledger/index.ts';
import type { DirectoryRepository, MemberReader } from '../members/index.ts';
import type { EvidenceRepository } from './evidence-repository.ts';

export interface DetectiveParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly directory: DirectoryRepository;
  readonly reader: MemberReader;
  readonly evidence: EvidenceRepository;
  readonly settings: Settings;
  readonly purse: Pick<Purse, 'may'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storeTimeZone: string;
}
