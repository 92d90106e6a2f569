import type { Purse } from '../hosts/calls/index.ts';
import type { Signer } from '../hosts/port/index.ts';
import type { Together } from '../kernel/database/together.ts';
import type { Clock, Logger, Random } from '../kernel/ports.ts';
import type { JournalKeeper, OutboxRepository, Replace, TransitionsRepository } from '../ledger/index.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import type { DirectoryRepository, ForgottenSends, MemberReader } from '../members/index.ts';
import type {
  Detective,
  DoubtRepository,
  EvidenceRepository,
  LooksBefore,
  PapersBeside,
} from '../sending/index.ts';

export interface ReviewParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly replace: Replace;
  readonly together: Together;
  readonly confirmedPapers: PapersBeside;
  readonly directory: DirectoryRepository;
  readonly reader: MemberReader;
  readonly evidence: EvidenceRepository;
  readonly doubts: DoubtRepository;
  readonly detective: Pick<Detective, 'lookAgain' | 'quiescentInMs' | 'forget'>;
  readonly forgottenSends: Pick<ForgottenSends, 'quiescentInMs'>;
  readonly looks: Pick<LooksBefore, 'answered'>;
  readonly keeper: Pick<JournalKeeper, 'problem'>;
  readonly signer: () => Signer | null;
  /** False without a key: KYBIO cannot be read then. */
  readonly canCall: () => boolean;
  readonly purse: Pick<Purse, 'may'>;
  /** The host check-up uses this member: its sums must move by the check-up alone. */
  readonly isCheckedUp: (customerUid: string) => boolean;
  /** Null while its key is lost. */
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly clock: Clock;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
}
