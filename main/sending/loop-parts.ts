import type { CallMeter, Purse } from '../hosts/calls/index.ts';
import type { Link } from '../hosts/link/index.ts';
import type { HostProtocol, MemberHost, Signer } from '../hosts/port/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { SharedCommit } from '../kernel/database/shared-commit.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Changed } from '../kernel/room.ts';
import type {
  ClosedInstallations,
  JournalKeeper,
  OutboxIdentity,
  OutboxRepository,
  TransitionsRepository,
} from '../ledger/index.ts';
import type { DirectoryRepository, ForgottenSends, MemberReader } from '../members/index.ts';
import type { Backlog } from './backlog.ts';
import type { Detective } from './detective-service.ts';
import type { DoubtRepository, PapersBeside } from './doubts.ts';
import type { EvidenceRepository } from './evidence-repository.ts';
import type { InTurn } from './in-turn.ts';
import type { LooksBefore } from './looks-before.ts';
import type { OddSumsRepository } from './odd-sums.ts';
import type { SecondCheck } from './second-check.ts';
import type { UnreadableMembers } from './unreadable-members.ts';

export interface SyncLoopParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  /** Of the sends that begin and end at one moment. */
  readonly sharedCommit: SharedCommit;
  readonly directory: DirectoryRepository;
  readonly reader: MemberReader;
  readonly meter: CallMeter;
  readonly link: Link;
  readonly client: () => MemberHost;
  readonly protocol: Pick<HostProtocol, 'meaningOf' | 'createRepeatedReplies'>;
  /** Null while the key is not at hand. */
  readonly signer: () => Signer | null;
  readonly keeper: JournalKeeper;
  readonly purse: Pick<Purse, 'may'>;
  readonly settings: Settings;
  readonly detective: Detective;
  readonly forgottenSends: Pick<ForgottenSends, 'wokeUp'>;
  readonly doubts: DoubtRepository;
  readonly confirmedPapers: PapersBeside;
  readonly closed: Pick<ClosedInstallations, 'ended'>;
  readonly evidence: Pick<EvidenceRepository, 'wasAskedWhose'>;
  readonly oddSums: Pick<OddSumsRepository, 'note'>;
  readonly identity: Pick<OutboxIdentity, 'tillNumber' | 'tillCount' | 'storeTimeZone'>;
  readonly unreadableMembers: UnreadableMembers;
  readonly looks: LooksBefore;
  readonly backlog: Omit<Backlog, 'allThrough'>;
  readonly inTurn: InTurn;
  readonly secondCheck: SecondCheck;
  /** Whether a moment lies on today's store day. */
  readonly isToday: (unixMs: number) => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Members that are served at once, 1 to 8. */
  readonly parallel: number;
  /** What the loop did may have been a look for which no call was left before. */
  readonly changed: Changed<'budget'>;
  /** A small write that is committed; throws while the disk is full or read-only. */
  readonly tryWrite: () => void;
}

export interface SyncLoop {
  start(): void;
  /** Something happened that may let an entry go: a new one, an answer, a key, a manager. */
  wake(): void;
  /**
   * The same, and what is being waited for is over: "Send now", network back, wake-up from sleep. What the brake
   * or the chain's pace holds stays held; whoever insists lets one entry go.
   */
  hurry(insists?: boolean): void;
  /** How long nothing goes since increments went unanswered; 0 where nothing is held for that. */
  heldBackForMs(): number;
  /** Asks KYBIO one harmless thing, where nobody knows yet whether it is there and nothing is to be sent. */
  ask(): void;
  /** Pooled sockets may lead nowhere after a wake-up or on another network. */
  networkChanged(): void;
  /** The PC slept: evidence from before counts no more, and what was on the way may still arrive. */
  wokeUp(): void;
  /** No new sends; resolves when what is under way has ended, or was aborted after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}
