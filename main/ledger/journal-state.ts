import type { HostProtocol } from '../hosts/port/index.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Clock, Logger, Random } from '../kernel/ports.ts';
import type { ChainBreak } from './journal/chain.ts';
import type { HeadSlots } from './journal/head.ts';
import type { JournalRepository } from './journal/journal-repository.ts';
import type { Recorder } from './recorder.ts';

/** What the start-up found about the journal. */
export type JournalState =
  | { readonly kind: 'fine' }
  /** The database is behind its head, or the head does not fit: every open entry goes to review. */
  | { readonly kind: 'rolled-back' }
  /** The chain was written under a key that is lost: a new one is opened, all that is open goes to review. */
  | { readonly kind: 'other-key' }
  | { readonly kind: 'broken'; readonly at: ChainBreak };

export interface JournalKeeperParts {
  readonly db: Db;
  readonly journal: JournalRepository;
  readonly recorder: Recorder;
  readonly readIncrement: HostProtocol['readIncrement'];
  readonly slots: HeadSlots;
  /** Outside the data folder, so that a folder put back as a whole is noticed. */
  readonly copy: HeadSlots;
  readonly clock: Clock;
  readonly random: Pick<Random, 'bytes'>;
  readonly logger: Logger;
  /** Called once something in the tables had to be put right. */
  readonly onRepaired?: () => void;
}
