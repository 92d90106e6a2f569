import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AppError,
  appError,
  type Connection,
  err,
  ok,
  type Result,
  type Snapshot,
} from '../../preload/contract/index.ts';
import { writeFileAtomically } from '../credentials/atomic-file.ts';
import type { Vault } from '../credentials/vault.ts';
import { databaseFailure } from '../database/failure.ts';
import type { Clock, Logger, Random } from '../ports.ts';
import type { TillConfig } from './config.ts';
import type { Session } from './session.ts';
import { closedSnapshot, openSnapshot } from './snapshot.ts';

/** How the composition root opens things; the till only decides which is open. */
export interface Openers {
  live(): Promise<Result<Session | null>>;
  practice(): Promise<Result<Session>>;
  configureLive(config: TillConfig, journalKey: Buffer): AppError | null;
  isLiveConfigured(): boolean;
  accountProblem(config: TillConfig): AppError | null;
}

export interface TillParts {
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly vault: Vault;
  readonly open: Openers;
  readonly onSnapshot: (snapshot: Snapshot) => void;
}

/** The whole program without a window: which till is open, and what it shows. */
export interface Till {
  /**
   * Opens what was open last; never throws for what a person can mend. `problem` is told on the first
   * screen where there is no till to open: a provisioning file that was refused.
   */
  start(problem?: AppError): Promise<void>;
  openLive(): Promise<Result<Record<string, never>>>;
  /** Writes what a live till must know before it is first opened. */
  configureLive(config: TillConfig, journalKey: Buffer): AppError | null;
  accountProblem(config: TillConfig): AppError | null;
  session(): Session | null;
  snapshot(): Snapshot;
  /** Something shown has changed: a snapshot goes out soon, many changes as one. */
  changed(): void;
  openPractice(): Promise<Result<Record<string, never>>>;
  leavePractice(): Promise<Result<Record<string, never>>>;
  /** Keeps a tested connection and opens the live till. */
  connect(
    connection: Connection,
    place?: Pick<TillConfig, 'tillNumber' | 'tillCount'>,
  ): Promise<Result<Record<string, never>>>;
  /** A new key for the till that is open. Where the keychain was lost, the till opens anew with a new journal. */
  replaceKey(appKey: string): Promise<Result<Record<string, never>>>;
  stop(graceMs: number): Promise<void>;
}

/** Changes within this time go out as one snapshot. */
const PUSH_DELAY_MS = 30;

/** How long an attempt under way may still take when a till closes. */
const CLOSE_GRACE_MS = 5_000;

interface View {
  readonly mode: 'first-run' | 'broken';
  readonly problem: AppError | null;
}

export function createTill(parts: TillParts): Till {
  const { clock, logger, open } = parts;
  let session: Session | null = null;
  let closed: View = { mode: 'first-run', problem: null };
  let revision = 0;
  let pushDue: (() => void) | null = null;
  // Between two tills there is nothing to show; what was shown stays, rather than the first screen.
  let between = false;

  const snapshot = (): Snapshot => {
    revision += 1;
    try {
      if (session !== null) return openSnapshot(revision, session, clock.nowMs(), clock.monotonicMs());
    } catch (thrown) {
      const failure = databaseFailure(thrown);
      if (failure === null) throw thrown;
      return closedSnapshot(revision, 'broken', failure);
    }
    return closedSnapshot(revision, closed.mode, closed.problem);
  };

  const changed = () => {
    pushDue ??= clock.schedule(PUSH_DELAY_MS, () => {
      pushDue = null;
      if (!between) parts.onSnapshot(snapshot());
    });
  };

  const show = (next: Session | View) => {
    if ('config' in next) session = next;
    else closed = next;
    between = false;
    changed();
  };

  const leave = async () => {
    const before = session;
    session = null;
    await before?.close(CLOSE_GRACE_MS);
  };

  const enter = async (mode: 'live' | 'practice'): Promise<Result<Record<string, never>>> => {
    between = true;
    await leave();
    const opened = await openAndStart(open, mode);
    if (!opened.ok) {
      logger.error('till.not-opened', { mode, code: opened.error.code, ...opened.error.details });
      show({ mode: 'broken', problem: opened.error });
      return opened;
    }
    if (opened.value === null) {
      show({ mode: 'first-run', problem: null });
      return ok({});
    }
    await remember(parts, mode);
    logger.info('till.opened', { mode, till: opened.value.config.tillName });
    show(opened.value);
    return ok({});
  };

  return {
    start: async (problem) => {
      await enter(lastMode(parts.folder) ?? 'live');
      if (problem !== undefined && session === null && closed.mode === 'first-run') {
        show({ mode: 'first-run', problem });
      }
    },
    openLive: () => enter('live'),
    configureLive: open.configureLive,
    accountProblem: open.accountProblem,
    session: () => session,
    snapshot,
    changed,
    openPractice: () => enter('practice'),
    leavePractice: async () =>
      session?.mode === 'practice' ? enter('live') : err(appError('not-in-practice')),
    connect: async (connection, place = { tillNumber: 1, tillCount: 1 }) => {
      const { appKey, ...config } = connection;
      // Only where there is no live till yet: from the practice store nobody may put another account in its place.
      if (open.isLiveConfigured()) return err(appError('invalid-request', { field: 'host' }));
      const live = { ...config, ...place };
      // Nor where the live till's data is gone: an empty one would only hide it.
      const refused = open.accountProblem(live);
      if (refused !== null) return err(refused);
      const saved = await parts.vault.save(appKey);
      if (!saved.ok) return saved;
      const problem = open.configureLive(live, saved.value.journalKey);
      return problem === null ? enter('live') : err(problem);
    },
    replaceKey: async (appKey) => {
      const before = session;
      if (before === null) return err(appError('not-set-up'));
      const replaced = await before.replaceKey(appKey);
      return replaced.ok && before.journalLost && session === before ? enter(before.mode) : replaced;
    },
    stop: async (graceMs) => {
      const before = session;
      session = null;
      pushDue?.();
      await before?.close(graceMs);
    },
  };
}

/** What the disk refuses on the way comes out as a code, and nothing half open is left. */
async function openAndStart(open: Openers, mode: 'live' | 'practice'): Promise<Result<Session | null>> {
  let opened: Result<Session | null> = ok(null);
  try {
    opened = mode === 'live' ? await open.live() : await open.practice();
    if (opened.ok) opened.value?.start();
    return opened;
  } catch (thrown) {
    const failure = databaseFailure(thrown);
    if (failure === null) throw thrown;
    if (opened.ok) await opened.value?.close(0);
    return err(failure);
  }
}

const modeFile = (folder: string): string => join(folder, 'mode.json');

/** What was open last; null where nothing ever was. */
export function lastMode(folder: string): 'live' | 'practice' | null {
  try {
    const kept = JSON.parse(readFileSync(modeFile(folder), 'utf8')) as { mode?: unknown };
    return kept.mode === 'practice' ? 'practice' : 'live';
  } catch {
    return null;
  }
}

async function remember({ folder, random, logger }: TillParts, mode: 'live' | 'practice'): Promise<void> {
  try {
    await writeFileAtomically(modeFile(folder), `${JSON.stringify({ mode })}\n`, random.uuid());
  } catch (thrown) {
    // Only convenience: the till opens what is set up next time.
    logger.warn('till.mode-not-kept', { error: String(thrown) });
  }
}
