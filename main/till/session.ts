import type { Result, Snapshot } from '../../preload/contract/index.ts';
import type { CheckUpService } from '../check-up/check-up-service.ts';
import type { Limits } from '../counter/limits.ts';
import type { OfflineWindowService } from '../counter/offline-window-service.ts';
import type { PolicyRepository } from '../counter/policy-repository.ts';
import type { ReviewService } from '../counter/review-service.ts';
import type { TopUpService } from '../counter/top-up-service.ts';
import type { AppKeyCheck } from '../credentials/app-key-check.ts';
import type { ManagerPin } from '../credentials/manager-pin.ts';
import type { Budget } from '../link/call-budget.ts';
import type { CallMeter } from '../link/call-meter-repository.ts';
import type { Link } from '../link/link.ts';
import type { ReachWatch } from '../link/reach-watch.ts';
import type { Pace } from '../members/call-forecast.ts';
import type { DirectoryFillService } from '../members/directory-fill-service.ts';
import type { DirectoryRepository } from '../members/directory-repository.ts';
import type { LookUpService } from '../members/look-up-service.ts';
import type { Acknowledge } from '../outbox/acknowledge.ts';
import type { OutboxRepository } from '../outbox/outbox-repository.ts';
import type { TransitionsRepository } from '../outbox/transitions-repository.ts';
import type { PracticeStore } from '../practice/types.ts';
import type { LooksBefore } from '../sync/looks-before.ts';
import type { SyncLoop } from '../sync/sync-loop.ts';
import type { Account } from './account.ts';
import type { TillConfig } from './config.ts';
import type { TillPlace } from './set-place.ts';

/** An open till: one database, one account, and everything that works on them. */
export interface Session {
  readonly mode: 'live' | 'practice';
  readonly config: TillConfig;
  readonly limits: Limits;
  readonly budget: Budget;
  readonly account: Account;
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly directory: DirectoryRepository;
  readonly directoryFill: DirectoryFillService;
  readonly lookUp: LookUpService;
  readonly topUps: TopUpService;
  readonly acknowledge: Acknowledge;
  readonly review: ReviewService;
  readonly policy: PolicyRepository;
  readonly offline: OfflineWindowService;
  readonly checkUp: CheckUpService;
  /** What the start-up found wrong with the journal; null when it vouches for all. */
  readonly journalProblem: Snapshot['journalProblem'];
  readonly managerPin: ManagerPin;
  readonly checkAppKey: AppKeyCheck;
  readonly meter: CallMeter & { pace(): Pace };
  readonly link: Link;
  readonly reach: Pick<ReachWatch, 'doubt'>;
  readonly loop: SyncLoop;
  readonly looks: Pick<LooksBefore, 'waitingEntries'>;
  /** Opened without its journal's key: nothing is added or sent until it is opened again with one. */
  readonly journalLost: boolean;
  /** Keeps another till number; it counts from the next opening on. */
  setPlace(place: TillPlace, actor: string): Result<Record<string, never>>;
  /** A manager has looked: what only a manager ends is over. */
  resume(actor: string): void;
  /** Keeps a tested key and goes on with it, where the journal is at hand. */
  replaceKey(appKey: string): Promise<Result<Record<string, never>>>;
  readonly practice: PracticeStore | null;
  /** The store's day now, `yyyy-MM-dd`. */
  today(): string;
  /** The system saw the network come or go. */
  networkChanged(online: boolean): void;
  /** The PC slept. */
  wokeUp(): void;
  start(): void;
  close(graceMs: number): Promise<void>;
}
