import type { HostProtocol } from '../hosts/port/index.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Clock, Logger, Random } from '../kernel/ports.ts';
import type { ChainBreak } from './journal/chain.ts';
import type { HeadSlots } from './journal/head.ts';
import type { JournalRepository } from './journal/journal-repository.ts';
import type { Recorder } from './recorder.ts';

export type JournalState =
  | { readonly kind: 'fine' }
  /** The database is behind its checkpoint, or does not match it: open entries go to review. */
  | { readonly kind: 'rolled-back' }
  /** The chain's key is lost: a new chain is opened, open entries go to review. */
  | { readonly kind: 'other-key' }
  | { readonly kind: 'broken'; readonly at: ChainBreak };

export interface JournalKeeperParts {
  readonly db: Db;
  readonly journal: JournalRepository;
  readonly recorder: Recorder;
  readonly readIncrement: HostProtocol['readIncrement'];
  readonly slots: HeadSlots;
  /** Outside the data folder, to notice when that is restored as a whole. */
  readonly copy: HeadSlots;
  readonly clock: Clock;
  readonly random: Pick<Random, 'bytes'>;
  readonly logger: Logger;
  readonly onRepaired?: () => void;
}
