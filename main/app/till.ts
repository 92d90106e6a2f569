import {
  type AppError,
  appError,
  type Changes,
  type Connection,
  err,
  ok,
  type Result,
  type Snapshot,
  type UpdateStatus,
} from '../../preload/contract/index.ts';
import type { Numbering, TillConfig } from '../hosts/index.ts';
import type { Actor } from '../kernel/actor.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import { createMutex } from '../kernel/mutex.ts';
import type { Clock, Logger, Random } from '../kernel/ports.ts';
import type { Changed } from '../kernel/room.ts';
import type { Vault } from '../people/index.ts';
import { lastMode, rememberMode } from './last-mode.ts';
import { createPracticeIdle } from './practice-idle.ts';
import type { Open } from './reach.ts';
import { createScreen } from './screen.ts';
import type { Session } from './session.ts';

/** How the composition root opens things; the till decides which. */
export interface Openers<S extends Session = Session> {
  live(): Promise<Result<S | null>>;
  practice(): Promise<Result<S>>;
  configureLive(config: TillConfig, journalKey: Buffer): AppError | null;
  isLiveConfigured(): boolean;
  accountProblem(config: TillConfig): AppError | null;
  liveConfig(): Result<TillConfig | null>;
  /** Why the data folder may not be changed; null where it may. */
  locked?(): AppError | null;
}

export interface TillParts<S extends Session = Session> {
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly vault: Vault;
  readonly open: Openers<S>;
  /** False where it could not be sent. */
  readonly onChanges: (changes: Changes) => boolean;
}

type Done = Result<Record<string, never>>;

/** The program without a window: which till is open, and what it shows. */
export interface Till<S extends Session = Session> {
  /**
   * Opens the live till, or practice if it was open last and there is no live till; never throws for what a person can
   * mend. `problem`, a refused provisioning file, is shown on the first screen.
   */
  start(problem?: AppError): Promise<void>;
  openLive(): Promise<Result<Record<string, never>>>;
  /** Before the live till is first opened. */
  configureLive(config: TillConfig, journalKey: Buffer): AppError | null;
  accountProblem(config: TillConfig): AppError | null;
  /** Null where none was set up. */
  liveConfig(): Result<TillConfig | null>;
  isLiveConfigured(): boolean;
  session(): S | null;
  /** `opening` also before the first till, and at the end of the program. */
  open(): Open;
  /** Why the live till does not open; null in practice and before the first try. */
  brokenBy(): AppError | null;
  /** Resolves when there is more to show than an opening till, or after a second. */
  readonly hasSomething: Promise<void>;
  snapshot(): Snapshot;
  /** The program is being replaced before a till opens. */
  updating(update: UpdateStatus): void;
  /** Pushes changed topics soon, batched. */
  readonly changed: Changed;
  /** `closing` counts presses; 0 hides the question. */
  askToClose(closing: number): void;
  inUse(): void;
  /** After sleep, perhaps on another day. */
  wokeUp(): void;
  openPractice(): Promise<Result<Record<string, never>>>;
  leavePractice(): Promise<Result<Record<string, never>>>;
  /** Stores a tested connection and opens the live till. */
  connect(connection: Connection, numbering?: Numbering): Promise<Result<Record<string, never>>>;
  /** The till opens again with it. */
  setNumbering(numbering: Numbering, who: Actor): Promise<Result<Record<string, never>>>;
  /** Where the keyring was lost, the till opens again with a new journal. */
  replaceKey(appKey: string, who: Actor): Promise<Result<Record<string, never>>>;
  /**
   * Runs work on the data while no till is open, then opens the live till in any case. Error: till-opening where by
   * then `of` is not what is open, for the caller was admitted there.
   */
  reopenAfter(of: S | null, work: () => Promise<Done>): Promise<Done>;
  /** Closes the till for replacing the program. After an error it opens again, otherwise this program ends. */
  closeAndRun(update: UpdateStatus, work: () => Promise<Result<unknown>>): Promise<Result<unknown>>;
  /** Closes the till as if it had not opened, unless another one is open by then. */
  giveUp(problem: () => AppError | null): void;
  stop(graceMs: number): Promise<void>;
}

/** For an attempt under way when a till closes. */
const CLOSE_GRACE_MS = 5_000;

/** After the grace time: an opening may wait for a keyring for ever. */
const STOP_WAIT_MS = 10_000;

export function createTill<S extends Session>(parts: TillParts<S>): Till<S> {
  const { clock, open } = parts;
  let session: S | null = null;
  let stopped = false;
  /** The live till failed to open last. */
  let isLiveBroken = false;
  // A till that did not close may still use its outbox: nothing is opened beside it.
  let notClosed: { readonly mode: Session['mode']; readonly problem: AppError } | null = null;
  const opened = (): S | null => (stopped ? null : session);
  const screen = createScreen({ ...parts, session: opened });
  // One at a time: two open tills would be two senders of one outbox.
  const mutex = createMutex();
  let isBusy = false;
  const runExclusive = <T>(act: () => Promise<T>): Promise<T> =>
    mutex(async () => {
      isBusy = true;
      try {
        return await act();
      } finally {
        isBusy = false;
      }
    });
  /** Only while `of` is still open: permission was checked there. */
  const runExclusiveOn = (of: S | null, act: () => Promise<Done>): Promise<Done> =>
    runExclusive(async () => (session === of ? act() : err(appError('till-opening'))));

  const leave = async (graceMs: number) => {
    const before = session;
    session = null;
    idle.end();
    await before?.close(graceMs);
  };

  const notOpened = (mode: Session['mode'], { code, details }: AppError): void =>
    parts.logger.error('till.not-opened', { mode, code, ...details });

  const refuse = (mode: Session['mode'], error: AppError): Done => {
    isLiveBroken = mode === 'live';
    notOpened(mode, error);
    screen.release({ mode: 'broken', problem: error });
    return err(error);
  };

  /** Closes what is open; a failure is shown from then on. */
  const closeOpen = async (): Promise<typeof notClosed> => {
    const mode = session?.mode ?? 'live';
    screen.hold();
    try {
      await leave(CLOSE_GRACE_MS);
    } catch (thrown) {
      parts.logger.error('till.failed', { while: 'closing', error: String(thrown) });
      notClosed = { mode, problem: failureOf(thrown) };
    }
    return notClosed;
  };

  /** After any error the screen must not wait for ever. */
  const caught = <T>(work: () => Promise<Result<T>>): Promise<Result<T>> =>
    work().catch((thrown: unknown) => {
      parts.logger.error('till.failed', { while: 'working on its data', error: String(thrown) });
      return err(failureOf(thrown));
    });

  // The program is ending.
  const tooLate = err(appError('not-set-up'));

  const leavePractice = (): Promise<Done> =>
    runExclusive(async () =>
      session?.mode === 'practice' ? enter('live') : err(appError('not-in-practice')),
    );
  const idle = createPracticeIdle(clock, () => void leavePractice());
  /** Practice is all that there is. */
  const isAlone = (mode: Session['mode']): boolean => mode === 'practice' && !open.isLiveConfigured();

  /** Practice failed to open: back to the live till, which must go on sending. */
  const backToLive = async (problem: AppError): Promise<Done> => {
    notOpened('practice', problem);
    const back = await enter('live');
    return back.ok ? err(appError('practice-not-opened', { reason: problem.code })) : back;
  };

  /** Call it in turn only. */
  const enter = async (mode: Session['mode']): Promise<Done> => {
    if (stopped) return tooLate;
    const lockAfterMs = session?.lockAfterMs() ?? 0;
    const stuck = await closeOpen();
    if (stuck !== null) return refuse(stuck.mode, stuck.problem);
    if (stopped) return tooLate;
    const result = await openAndStart(parts, mode, () => stopped);
    if (!result.ok) {
      if (stopped) return tooLate;
      return mode === 'live' || isAlone(mode) ? refuse(mode, result.error) : backToLive(result.error);
    }
    session = result.value;
    if (stopped) return tooLate;
    if (session !== null) {
      // Practice over a live till is not remembered: a start opens the live one.
      if (mode === 'live' || isAlone(mode)) await rememberMode(parts, mode);
      else idle.begin(lockAfterMs);
      parts.logger.info('till.opened', { mode, till: session.config.tillName });
    }
    screen.release({ mode: 'first-run', problem: null });
    return ok({});
  };

  return {
    start: (problem) =>
      runExclusive(async () => {
        // Practice sends nothing, so it opens by itself only without a live till.
        const isPractice = lastMode(parts.folder) === 'practice' && !open.isLiveConfigured();
        await enter(isPractice ? 'practice' : 'live');
        if (problem !== undefined && session === null && screen.closed().mode === 'first-run') {
          screen.release({ mode: 'first-run', problem });
        }
      }),
    openLive: () => runExclusive(() => enter('live')),
    configureLive: open.configureLive,
    isLiveConfigured: open.isLiveConfigured,
    accountProblem: open.accountProblem,
    liveConfig: open.liveConfig,
    session: opened,
    open: () => {
      if (session !== null && !stopped) return session.mode;
      return isBusy || stopped || screen.closed().mode === 'opening' ? 'opening' : 'none';
    },
    brokenBy: () => {
      const { mode, problem } = screen.closed();
      return mode === 'broken' && isLiveBroken ? problem : null;
    },
    hasSomething: screen.hasSomething,
    snapshot: screen.snapshot,
    updating: screen.updating,
    changed: screen.changed,
    askToClose: screen.ask,
    inUse: idle.inUse,
    wokeUp: () => {
      opened()?.wokeUp();
      if (session !== null && session.mode === 'practice' && !isAlone('practice')) void leavePractice();
      screen.allChanged();
    },
    openPractice: () =>
      runExclusiveOn(session, async () => {
        const { mode, problem } = screen.closed();
        // Practice would hide a broken live till.
        const isHiding = session === null && mode === 'broken' && isLiveBroken;
        return isHiding && problem !== null ? err(problem) : enter('practice');
      }),
    leavePractice,
    connect: (connection, numbering) =>
      runExclusive(async () => {
        const kept = await keepConnection(parts, connection, numbering);
        return kept.ok ? enter('live') : kept;
      }),
    setNumbering: (numbering, who) =>
      runExclusiveOn(session, async () => {
        if (session === null) return err(appError('not-set-up'));
        const kept = session.setNumbering(numbering, who);
        return kept.ok ? enter(session.mode) : kept;
      }),
    replaceKey: async (appKey, who) => {
      const before = opened();
      if (before === null) return err(appError('not-set-up'));
      // Not in turn: it waits for KYBIO, and opens or closes nothing.
      const replaced = await before.replaceKey(appKey, who);
      if (!replaced.ok || !before.journalLost) return replaced;
      return runExclusive(async () => (session === before ? enter(before.mode) : replaced));
    },
    reopenAfter: (of, work) =>
      runExclusiveOn(of, async () => {
        const locked = open.locked?.() ?? null;
        if (stopped || locked !== null) return locked === null ? tooLate : err(locked);
        const stuck = await closeOpen();
        if (stuck !== null) return refuse(stuck.mode, stuck.problem);
        const done = await caught(work);
        const entered = await enter('live');
        return done.ok ? entered : done;
      }),
    closeAndRun: (update, work) =>
      runExclusive(async () => {
        const mode = session?.mode ?? null;
        const stuck = await closeOpen();
        if (stuck !== null) return refuse(stuck.mode, stuck.problem);
        screen.updating(update);
        const done = await caught(work);
        if (!done.ok && mode !== null) await enter(mode);
        return done;
      }),
    giveUp: (problem) =>
      void runExclusive(async () => {
        const found = problem();
        if (session !== null && found !== null) refuse(session.mode, (await closeOpen())?.problem ?? found);
      }),
    stop: async (graceMs) => {
      stopped = true;
      screen.stop();
      const left = runExclusive(() => leave(graceMs));
      let cancel = (): void => undefined;
      const gaveUp = new Promise<void>((resolve) => {
        cancel = clock.schedule(graceMs + STOP_WAIT_MS, resolve);
      });
      await Promise.race([left, gaveUp]).finally(cancel);
    },
  };
}

async function keepConnection(
  { open, vault }: TillParts,
  { appKey, ...config }: Connection,
  numbering: Numbering = { tillNumber: 1, tillCount: 1 },
): Promise<Done> {
  // Only without a live till: from practice nobody may replace its account.
  if (open.isLiveConfigured()) return err(appError('invalid-request', { field: 'host' }));
  const live = { ...config, ...numbering };
  // Nor where the live till's data is missing: an empty one would hide it.
  const refused = open.accountProblem(live);
  if (refused !== null) return err(refused);
  const saved = await vault.save(appKey);
  if (!saved.ok) return saved;
  const problem = open.configureLive(live, saved.value.journalKey);
  return problem === null ? ok({}) : err(problem);
}

/** A bug is shown as one; its words are only logged. */
const failureOf = (thrown: unknown): AppError => databaseFailure(thrown) ?? appError('till-not-opened');

/**
 * Turns any exception into a code and leaves nothing half open. A till that opens too late is not started, but closed
 * by `stop`.
 */
async function openAndStart<S extends Session>(
  { open, logger }: TillParts<S>,
  mode: Session['mode'],
  isTooLate: () => boolean,
): Promise<Result<S | null>> {
  let opened: Result<S | null> = ok(null);
  try {
    opened = mode === 'live' ? await open.live() : await open.practice();
    if (opened.ok && !isTooLate()) opened.value?.start();
    return opened;
  } catch (thrown) {
    logger.error('till.failed', { mode, while: 'opening', error: String(thrown) });
    if (opened.ok) await closeHalfOpen(opened.value, logger);
    return err(failureOf(thrown));
  }
}

async function closeHalfOpen(session: Session | null, logger: Logger): Promise<void> {
  try {
    await session?.close(0);
  } catch (thrown) {
    logger.error('till.failed', { while: 'closing', error: String(thrown) });
  }
}
