import type { CallBudget } from '../hosts/calls/index.ts';
import type { Signer } from '../hosts/port/index.ts';
import type { RunInTransaction } from '../kernel/database/run-in-transaction.ts';
import type { Clock, Logger, Random } from '../kernel/ports.ts';
import type { JournalKeeper, OutboxRepository, Replace, TransitionsRepository } from '../ledger/index.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import type { DirectoryRepository, ForgottenSends, MemberReader } from '../members/index.ts';
import type {
  Detective,
  DoubtRepository,
  EvidenceRepository,
  PaperFollowUp,
  PreSendCheck,
} from '../sending/index.ts';

export interface ReviewParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly replace: Replace;
  readonly runInTransaction: RunInTransaction;
  readonly confirmedPapers: PaperFollowUp;
  readonly directory: DirectoryRepository;
  readonly reader: MemberReader;
  readonly evidence: EvidenceRepository;
  readonly doubts: DoubtRepository;
  readonly detective: Pick<Detective, 'investigateAgain' | 'quiescentInMs' | 'forget'>;
  readonly forgottenSends: Pick<ForgottenSends, 'quiescentInMs'>;
  readonly preSendCheck: Pick<PreSendCheck, 'answered'>;
  readonly keeper: Pick<JournalKeeper, 'problem'>;
  readonly signer: () => Signer | null;
  /** False without a key: KYBIO cannot be read then. */
  readonly canCall: () => boolean;
  readonly callBudget: Pick<CallBudget, 'may'>;
  /** The host check-up uses this member: its sums must move by the check-up alone. */
  readonly isCheckedUp: (customerUid: string) => boolean;
  /** Null while its key is lost. */
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly clock: Clock;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
}
