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
import type { Clock, Logger, Random } from '../kernel/ports.ts';
import type { Progress } from '../kernel/progress.ts';
import type { Changed } from '../kernel/room.ts';
import { createTurns } from '../kernel/turns.ts';
import type { Vault } from '../people/index.ts';
import { lastMode, rememberMode } from './last-mode.ts';
import { createPracticeIdle } from './practice-idle.ts';
import type { Open } from './reach.ts';
import { createScreen } from './screen.ts';
import type { Session } from './session.ts';

/** How the composition root opens things; the till only decides which is open. */
export interface Openers<S extends Session = Session> {
  live(): Promise<Result<S | null>>;
  practice(): Promise<Result<S>>;
  configureLive(config: TillConfig, journalKey: Buffer): AppError | null;
  isLiveConfigured(): boolean;
  accountProblem(config: TillConfig): AppError | null;
  liveConfig(): Result<TillConfig | null>;
  /** Why nothing of the data folder may be changed; null where nothing stands against it. */
  locked?(): AppError | null;
}

export interface TillParts<S extends Session = Session> {
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly vault: Vault;
  readonly open: Openers<S>;
  /** Sends to the page what has changed; false where it did not go. */
  readonly onChanges: (changes: Changes) => boolean;
}

type Done = Result<Record<string, never>>;

/** The whole program without a window: which till is open, and what it shows. */
export interface Till<S extends Session = Session> {
  /**
   * Opens the live till, or the practice store where it was open last and no live till is set up; never throws for what a person can mend. `problem` is told on the first
   * screen where there is no till to open: a provisioning file that was refused.
   */
  start(problem?: AppError): Promise<void>;
  openLive(): Promise<Result<Record<string, never>>>;
  /** Writes what a live till must know before it is first opened. */
  configureLive(config: TillConfig, journalKey: Buffer): AppError | null;
  accountProblem(config: TillConfig): AppError | null;
  /** What is kept of the live till; null where none was set up. */
  liveConfig(): Result<TillConfig | null>;
  /** Whether a live till was ever set up in this folder. */
  isLiveConfigured(): boolean;
  session(): S | null;
  /** What is open; `opening` also before the first one is, and once the program ends. */
  open(): Open;
  /** Why the live till does not open; null at the first start too, and of a practice store. */
  brokenBy(): AppError | null;
  /** Resolves once there is more to see than that a till is being opened, or after a second. */
  readonly hasSomething: Promise<void>;
  /** The whole snapshot. */
  snapshot(): Snapshot;
  /** The till that is being opened has come so far. False: the program ends, and no till is opened any more. */
  opening(progress: Progress): boolean;
  /** The program is being replaced before a till is opened. */
  updating(update: UpdateStatus): void;
  /** Tells the screen: what has changed goes out soon, many changes as one. */
  readonly changed: Changed;
  /** The person is asked whether to close the window, for the so many-th time; 0: not any more. */
  askToClose(closing: number): void;
  /** Somebody touches the till. */
  inUse(): void;
  /** The PC slept, perhaps into another day. */
  wokeUp(): void;
  openPractice(): Promise<Result<Record<string, never>>>;
  leavePractice(): Promise<Result<Record<string, never>>>;
  /** Keeps a tested connection and opens the live till. */
  connect(connection: Connection, numbering?: Numbering): Promise<Result<Record<string, never>>>;
  /** Another till number, and the till opens anew with it. */
  setNumbering(numbering: Numbering, who: Actor): Promise<Result<Record<string, never>>>;
  /** A new key for the till that is open. Where the keychain was lost, the till opens anew with a new journal. */
  replaceKey(appKey: string, who: Actor): Promise<Result<Record<string, never>>>;
  /**
   * Does something with the data while no till is open, and opens the live till after it, whatever came of it. Error:
   * till-opening where by its turn it is not `of` that is open: whoever asked was let in there.
   */
  reopenAfter(of: S | null, work: () => Promise<Done>): Promise<Done>;
  /**
   * Closes the till and does something beside its data: the program is being replaced. What was open opens again where that
   * fails; where it goes well this program ends.
   */
  giveWay(update: UpdateStatus, work: () => Promise<Result<unknown>>): Promise<Result<unknown>>;
  /** What is open is closed and told as if it had not opened, unless by then it is not what this was found of. */
  giveUp(problem: () => AppError | null): void;
  stop(graceMs: number): Promise<void>;
}

/** How long an attempt under way may still take when a till closes. */
const CLOSE_GRACE_MS = 5_000;

/** The program ends this long after its grace, although an opening (a keyring that asks) has no end. */
const STOP_WAIT_MS = 10_000;

export function createTill<S extends Session>(parts: TillParts<S>): Till<S> {
  const { clock, open } = parts;
  let session: S | null = null;
  let stopped = false;
  /** It was the live till that did not open last. */
  let isLiveBroken = false;
  // A till that did not close may still work on its outbox: nothing is opened beside it.
  let leftOver: { readonly mode: Session['mode']; readonly problem: AppError } | null = null;
  const opened = (): S | null => (stopped ? null : session);
  const screen = createScreen({ ...parts, session: opened });
  // One press may come while another is under way: two tills at once would be two drainers of one outbox.
  const turns = createTurns();
  let isTurning = false;
  const inTurn = <T>(act: () => Promise<T>): Promise<T> =>
    turns(async () => {
      isTurning = true;
      try {
        return await act();
      } finally {
        isTurning = false;
      }
    });
  /** Only where what was open when it was asked for still is: who may ask was said there. */
  const inTurnOf = (of: S | null, act: () => Promise<Done>): Promise<Done> =>
    inTurn(async () => (session === of ? act() : err(appError('till-opening'))));

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

  /** Closes what is open; what did not close is told from then on. */
  const vacate = async (): Promise<typeof leftOver> => {
    const mode = session?.mode ?? 'live';
    screen.hold();
    try {
      await leave(CLOSE_GRACE_MS);
    } catch (thrown) {
      parts.logger.error('till.failed', { while: 'closing', error: String(thrown) });
      leftOver = { mode, problem: failureOf(thrown) };
    }
    return leftOver;
  };

  /** Whatever fails, the screen must not wait for ever. */
  const besides = <T>(work: () => Promise<Result<T>>): Promise<Result<T>> =>
    work().catch((thrown: unknown) => {
      parts.logger.error('till.failed', { while: 'working on its data', error: String(thrown) });
      return err(failureOf(thrown));
    });

  // The program is ending: what is pressed now comes too late.
  const tooLate = err(appError('not-set-up'));

  const leavePractice = (): Promise<Done> =>
    inTurn(async () => (session?.mode === 'practice' ? enter('live') : err(appError('not-in-practice'))));
  const idle = createPracticeIdle(clock, () => void leavePractice());
  /** Practice is the only store that there is. */
  const isAlone = (mode: Session['mode']): boolean => mode === 'practice' && !open.isLiveConfigured();

  /** Practice did not open: a shop does not stand still for it, and what waits goes on being sent. */
  const backToLive = async (problem: AppError): Promise<Done> => {
    notOpened('practice', problem);
    const back = await enter('live');
    return back.ok ? err(appError('practice-not-opened', { reason: problem.code })) : back;
  };

  /** Only in turn. */
  const enter = async (mode: Session['mode']): Promise<Done> => {
    if (stopped) return tooLate;
    const lockAfterMs = session?.lockAfterMs() ?? 0;
    const stuck = await vacate();
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
      // A start opens the live till where there is one: that it was there is never forgotten for a practice.
      if (mode === 'live' || isAlone(mode)) await rememberMode(parts, mode);
      else idle.begin(lockAfterMs);
      parts.logger.info('till.opened', { mode, till: session.config.tillName });
    }
    screen.release({ mode: 'first-run', problem: null });
    return ok({});
  };

  return {
    start: (problem) =>
      inTurn(async () => {
        // Nothing is sent from practice: it is opened by itself only where there is nothing to send.
        const isPractice = lastMode(parts.folder) === 'practice' && !open.isLiveConfigured();
        await enter(isPractice ? 'practice' : 'live');
        if (problem !== undefined && session === null && screen.closed().mode === 'first-run') {
          screen.release({ mode: 'first-run', problem });
        }
      }),
    openLive: () => inTurn(() => enter('live')),
    configureLive: open.configureLive,
    isLiveConfigured: open.isLiveConfigured,
    accountProblem: open.accountProblem,
    liveConfig: open.liveConfig,
    session: opened,
    open: () => {
      if (session !== null && !stopped) return session.mode;
      return isTurning || stopped || screen.closed().mode === 'opening' ? 'opening' : 'none';
    },
    brokenBy: () => {
      const { mode, problem } = screen.closed();
      return mode === 'broken' && isLiveBroken ? problem : null;
    },
    hasSomething: screen.hasSomething,
    snapshot: screen.snapshot,
    opening: (progress) => {
      screen.opening(progress);
      return !stopped;
    },
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
      inTurnOf(session, async () => {
        const { mode, problem } = screen.closed();
        // A store of made-up money would only hide what must be looked at.
        const isHiding = session === null && mode === 'broken' && isLiveBroken;
        return isHiding && problem !== null ? err(problem) : enter('practice');
      }),
    leavePractice,
    connect: (connection, numbering) =>
      inTurn(async () => {
        const kept = await keepConnection(parts, connection, numbering);
        return kept.ok ? enter('live') : kept;
      }),
    setNumbering: (numbering, who) =>
      inTurnOf(session, async () => {
        if (session === null) return err(appError('not-set-up'));
        const kept = session.setNumbering(numbering, who);
        return kept.ok ? enter(session.mode) : kept;
      }),
    replaceKey: async (appKey, who) => {
      const before = opened();
      if (before === null) return err(appError('not-set-up'));
      // Not in turn: it waits for KYBIO, and nothing is opened or closed by it.
      const replaced = await before.replaceKey(appKey, who);
      if (!replaced.ok || !before.journalLost) return replaced;
      return inTurn(async () => (session === before ? enter(before.mode) : replaced));
    },
    reopenAfter: (of, work) =>
      inTurnOf(of, async () => {
        const locked = open.locked?.() ?? null;
        if (stopped || locked !== null) return locked === null ? tooLate : err(locked);
        const stuck = await vacate();
        if (stuck !== null) return refuse(stuck.mode, stuck.problem);
        const done = await besides(work);
        const entered = await enter('live');
        return done.ok ? entered : done;
      }),
    giveWay: (update, work) =>
      inTurn(async () => {
        const mode = session?.mode ?? null;
        const stuck = await vacate();
        if (stuck !== null) return refuse(stuck.mode, stuck.problem);
        screen.updating(update);
        const done = await besides(work);
        if (!done.ok && mode !== null) await enter(mode);
        return done;
      }),
    giveUp: (problem) =>
      void inTurn(async () => {
        const found = problem();
        if (session !== null && found !== null) refuse(session.mode, (await vacate())?.problem ?? found);
      }),
    stop: async (graceMs) => {
      stopped = true;
      screen.stop();
      const left = inTurn(() => leave(graceMs));
      let cancel = (): void => undefined;
      const gaveUp = new Promise<void>((resolve) => {
        cancel = clock.schedule(graceMs + STOP_WAIT_MS, resolve);
      });
      await Promise.race([left, gaveUp]).finally(cancel);
    },
  };
}

/** A connection that was tested becomes the live till's. */
async function keepConnection(
  { open, vault }: TillParts,
  { appKey, ...config }: Connection,
  numbering: Numbering = { tillNumber: 1, tillCount: 1 },
): Promise<Done> {
  // Only where there is no live till yet: from the practice store nobody may put another account in its place.
  if (open.isLiveConfigured()) return err(appError('invalid-request', { field: 'host' }));
  const live = { ...config, ...numbering };
  // Nor where the live till's data is gone: an empty one would only hide it.
  const refused = open.accountProblem(live);
  if (refused !== null) return err(refused);
  const saved = await vault.save(appKey);
  if (!saved.ok) return saved;
  const problem = open.configureLive(live, saved.value.journalKey);
  return problem === null ? ok({}) : err(problem);
}

/** What a person is told; a bug is told as one, and its words are only in the log. */
const failureOf = (thrown: unknown): AppError => databaseFailure(thrown) ?? appError('till-not-opened');

/**
 * Whatever fails on the way comes out as a code, and nothing half open is left. What opens too late is not started, and
 * whoever stops the till closes it.
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
