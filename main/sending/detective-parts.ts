import type { Purse } from '../hosts/calls/kept-purse.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { OutboxRepository } from '../ledger/outbox-repository.ts';
import type { TransitionsRepository } from '../ledger/transitions-repository.ts';
import type { DirectoryRepository } from '../members/directory-repository.ts';
import type { MemberReader } from '../members/member-reader.ts';
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
