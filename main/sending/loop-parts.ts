import type { CallBudget, CallMeter } from '../hosts/calls/index.ts';
import type { Link } from '../hosts/link/index.ts';
import type { HostProtocol, MemberHost, Signer } from '../hosts/port/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Changed } from '../kernel/room.ts';
import type {
  JournalKeeper,
  OutboxIdentity,
  OutboxRepository,
  TransitionsRepository,
} from '../ledger/index.ts';
import type { DirectoryRepository, ForgottenSends, MemberReader } from '../members/index.ts';
import type { Detective } from './detective-service.ts';
import type { EvidenceRepository } from './evidence-repository.ts';
import type { FailedReads } from './failed-reads.ts';
import type { PreSendCheck } from './pre-send-check.ts';

export interface SyncLoopParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly directory: DirectoryRepository;
  readonly reader: MemberReader;
  readonly meter: CallMeter;
  readonly link: Link;
  readonly client: () => MemberHost;
  readonly protocol: Pick<HostProtocol, 'meaningOf'>;
  /** Null without a key. */
  readonly signer: () => Signer | null;
  readonly keeper: JournalKeeper;
  readonly callBudget: Pick<CallBudget, 'may'>;
  readonly settings: Settings;
  readonly detective: Detective;
  readonly forgottenSends: Pick<ForgottenSends, 'wokeUp'>;
  readonly evidence: Pick<EvidenceRepository, 'wasAskedWhose'>;
  readonly identity: Pick<OutboxIdentity, 'tillNumber' | 'tillCount' | 'storeTimeZone'>;
  readonly failedReads: FailedReads;
  readonly preSendCheck: PreSendCheck;
  /** Whether a moment is on today's store day. */
  readonly isToday: (unixMs: number) => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The loop may have used a call that a check waited for. */
  readonly changed: Changed<'budget'>;
  /** Commits a small write; throws while the disk is full or read-only. */
  readonly tryWrite: () => void;
}

export interface SyncLoop {
  start(): void;
  /** Something may let an entry go: a new one, an answer, a key, a manager. */
  wake(): void;
  /**
   * As `wake`, and ends the wait of a back-off: "Send now". After an unanswered increment it lets one entry go.
   */
  hurry(): void;
  /** Probes KYBIO if its reach is unknown and nothing is to be sent. */
  ask(): void;
  /** Drops pooled sockets, which may be dead after a wake-up or on another network. */
  networkChanged(): void;
  /** The PC slept: earlier evidence does not count, and sends may still arrive. */
  wokeUp(): void;
  /** Stops sending; resolves once sends under way have ended, aborted after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}
