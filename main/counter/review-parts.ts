import type { Signer } from '../hosts/port/index.ts';
import type { Clock, Logger, Random } from '../kernel/ports.ts';
import type { JournalKeeper, OutboxRepository, Replace, TransitionsRepository } from '../ledger/index.ts';
import type { DirectoryRepository, ForgottenSends, MemberReader } from '../members/index.ts';
import type { Detective, EvidenceRepository, PreSendCheck } from '../sending/index.ts';

export interface ReviewParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly replace: Replace;
  readonly directory: DirectoryRepository;
  readonly reader: MemberReader;
  readonly evidence: EvidenceRepository;
  readonly detective: Pick<Detective, 'investigateAgain' | 'quiescentInMs' | 'forget'>;
  readonly forgottenSends: Pick<ForgottenSends, 'quiescentInMs'>;
  readonly preSendCheck: Pick<PreSendCheck, 'answered'>;
  readonly keeper: Pick<JournalKeeper, 'problem'>;
  readonly signer: () => Signer | null;
  /** False without a key: KYBIO cannot be read then. */
  readonly canCall: () => boolean;
  /** The host check-up uses this member: its sums must move by the check-up alone. */
  readonly isCheckedUp: (customerUid: string) => boolean;
  readonly clock: Clock;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
}
