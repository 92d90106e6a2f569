import type { AppError, Changes, Snapshot, UpdateStatus } from '../../preload/contract/index.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import { every } from '../kernel/every.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Changed, Shown, Topic } from '../kernel/room.ts';
import { changesBetween, type Unnumbered } from './changes.ts';
import type { Session } from './session.ts';
import { type ClosedScreen, closedSnapshot, openSnapshot, withTopics } from './snapshot.ts';

export interface ScreenParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly session: () => Session | null;
  /** False where it could not be sent. */
  readonly onChanges: (changes: Changes) => boolean;
}

export interface Screen {
  /** Resolves when there is more to show than an opening till, or after a second. */
  readonly hasSomething: Promise<void>;
  /** The whole snapshot; changes are also pushed to a page that had one. */
  snapshot(): Snapshot;
  /** Reads these topics again and pushes changes soon, batched. */
  readonly changed: Changed;
  /** Reads everything again. */
  allChanged(): void;
  /** Between two tills the last screen stays. */
  hold(): void;
  /** The program is being replaced, so no till opens. */
  updating(update: UpdateStatus): void;
  /** A till is open, or `closed` is shown. */
  release(closed?: ClosedScreen): void;
  /** The screen without an open till. */
  closed(): ClosedScreen;
  /** Shows the question before closing; `closing` counts presses, 0 hides it. */
  ask(closing: number): void;
  stop(): void;
}

/** Changes within this time are one push. */
const PUSH_DELAY_MS = 30;

/** Bounds the share of main's time that reading takes while a backlog is sent. */
const READING_PART = 10;
const LONGEST_REST_MS = 300;

/** A held file or a lost share may delay a till: then the page says that it is opening. */
const FIRST_ANSWER_MS = 1_000;

/** A failed read is tried again, for nothing else may change. */
const READ_AGAIN_MS = 2_000;

/** Some topics change by the minute, and a missed change must not last. */
const ALL_EVERY_MS = 60_000;

/** The first snapshot of a page. */
const closedOne: Unnumbered = { ...closedSnapshot({ mode: 'opening', problem: null }), closing: 0 };

export function createScreen(parts: ScreenParts): Screen {
  const { clock, logger } = parts;
  let closedNow: ClosedScreen = { mode: 'opening', problem: null };
  let revision = 0;
  /** What the page has; null before its first request. */
  let shown: Unnumbered | null = null;
  /** What was read of the open till; null: read all. */
  let read: { readonly of: Session; readonly topics: Shown } | null = null;
  const due = new Set<Topic>();
  let closing = 0;
  let pushDue: (() => void) | null = null;
  let readAgain: (() => void) | null = null;
  let restsUntilMs = 0;
  let held = false;
  let stopped = false;
  let hasIt: () => void = () => undefined;
  const hasSomething = new Promise<void>((resolve) => {
    const forget = clock.schedule(FIRST_ANSWER_MS, resolve);
    hasIt = () => {
      forget();
      resolve();
    };
  });

  const forgetReadAgain = () => {
    readAgain?.();
    readAgain = null;
  };

  /** Logged once for a series of failures. */
  const notRead = (failure: AppError) => {
    if (readAgain === null) logger.error('screen.not-read', { code: failure.code, ...failure.details });
    readAgain?.();
    readAgain = clock.schedule(READ_AGAIN_MS, allChanged);
  };

  const readOpen = (session: Session): Shown => {
    const known = read?.of === session ? read.topics : null;
    // After an exception everything is read again.
    read = null;
    try {
      const topics = known === null ? openSnapshot(session) : withTopics(session, known, due);
      read = { of: session, topics };
      forgetReadAgain();
      return topics;
    } catch (thrown) {
      const failure = databaseFailure(thrown);
      if (failure === null) throw thrown;
      notRead(failure);
      return closedSnapshot({ mode: 'broken', problem: failure });
    }
  };

  const look = (): Unnumbered => {
    const session = parts.session();
    const topics = session === null ? closedSnapshot(closedNow) : readOpen(session);
    due.clear();
    return { ...topics, closing };
  };

  /** What could not be sent is in the next push, which has its number. */
  const publish = (snapshot: Unnumbered): boolean => {
    const changes = changesBetween(shown ?? closedOne, snapshot);
    if (changes === null) return true;
    if (!parts.onChanges({ number: revision + 1, ...changes })) return false;
    revision += 1;
    shown = snapshot;
    return true;
  };

  const snapshot = (): Snapshot => {
    if (held && shown !== null) return { ...shown, revision };
    read = null;
    const now = look();
    // The reply has the change, and other pages are one push behind; a first snapshot is only replied.
    if (shown === null || !publish(now)) {
      revision += 1;
      shown = now;
    }
    return { ...now, revision };
  };

  function pushSoon(): void {
    if (stopped) return;
    if (pushDue !== null) return;
    pushDue = clock.schedule(Math.max(PUSH_DELAY_MS, restsUntilMs - clock.monotonicMs()), () => {
      pushDue = null;
      if (held) return;
      const beganMs = clock.monotonicMs();
      publish(look());
      const endedMs = clock.monotonicMs();
      restsUntilMs = endedMs + Math.min((endedMs - beganMs) * READING_PART, LONGEST_REST_MS);
    });
  }

  function allChanged(): void {
    read = null;
    pushSoon();
  }

  const everyMinute = every(clock, ALL_EVERY_MS, allChanged);

  return {
    hasSomething,
    snapshot,
    allChanged,
    changed: (...topics) => {
      for (const topic of topics) due.add(topic);
      pushSoon();
    },
    hold: () => {
      held = true;
      forgetReadAgain();
    },
    updating: (update) => {
      closedNow = { mode: 'opening', problem: null, update };
      held = false;
      hasIt();
      pushSoon();
    },
    release: (closed) => {
      closedNow = closed ?? closedNow;
      held = false;
      hasIt();
      allChanged();
    },
    closed: () => closedNow,
    ask: (times) => {
      closing = times;
      pushSoon();
    },
    stop: () => {
      stopped = true;
      hasIt();
      everyMinute();
      pushDue?.();
      forgetReadAgain();
    },
  };
}
