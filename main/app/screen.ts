import type { AppError, Changes, Snapshot, UpdateStatus } from '../../preload/contract/index.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import { every } from '../kernel/every.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Progress } from '../kernel/progress.ts';
import type { Changed, Shown, Topic } from '../kernel/room.ts';
import { changesBetween, type Unnumbered } from './changes.ts';
import type { Session } from './session.ts';
import { type ClosedScreen, closedSnapshot, openSnapshot, withTopics } from './snapshot.ts';

export interface ScreenParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly session: () => Session | null;
  /** Sends it to the page; false where it did not go. */
  readonly onChanges: (changes: Changes) => boolean;
}

export interface Screen {
  /** Resolves once there is more to see than that a till is being opened, or after a second. */
  readonly hasSomething: Promise<void>;
  /** The whole snapshot; what is new in it goes out too, to whoever has had one. */
  snapshot(): Snapshot;
  /** These topics are read again, and what has changed goes out soon, many changes as one. */
  readonly changed: Changed;
  /** Nobody knows what: everything is read again. */
  allChanged(): void;
  /** Between two tills there is nothing to show; what was shown stays, rather than the first screen. */
  hold(): void;
  /** Opening takes so long that people are told how far it has come. */
  opening(progress: Progress): void;
  /** No till is opened: the program is being replaced, which takes its time. */
  updating(update: UpdateStatus): void;
  /** A till is open, or else this is to be seen. */
  release(closed?: ClosedScreen): void;
  /** What is to be seen where no till is open. */
  closed(): ClosedScreen;
  /** The person is asked whether to close the window, for the so many-th time; 0: not any more. */
  ask(closing: number): void;
  /** Nothing goes out any more. */
  stop(): void;
}

/** Changes within this time go out as one push. */
const PUSH_DELAY_MS = 30;

/** While what waited is sent, something changes all the time: no more than this part of main's time goes into reading it. */
const READING_PART = 10;
const LONGEST_REST_MS = 300;

/** A file that somebody holds, or a share that is gone, may keep a till that long: the page then says that it is being opened. */
const FIRST_ANSWER_MS = 1_000;

/** A screen that could not be read is read again this soon: perhaps nothing else changes meanwhile. */
const READ_AGAIN_MS = 2_000;

/** All topics are read this often: some change by the minute, and a change that nobody told of lasts no longer. */
const ALL_EVERY_MS = 60_000;

/** What a page begins with that has heard of nothing. */
const closedOne: Unnumbered = { ...closedSnapshot({ mode: 'opening', problem: null }), closing: 0 };

export function createScreen(parts: ScreenParts): Screen {
  const { clock, logger } = parts;
  let closedNow: ClosedScreen = { mode: 'opening', problem: null };
  let revision = 0;
  /** What the page has, once it has asked or heard. */
  let shown: Unnumbered | null = null;
  /** What was read of the till that is open; null: the next look reads all. */
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

  /** Logged once for all the reads that fail in a row. */
  const notRead = (failure: AppError) => {
    if (readAgain === null) logger.error('screen.not-read', { code: failure.code, ...failure.details });
    readAgain?.();
    readAgain = clock.schedule(READ_AGAIN_MS, allChanged);
  };

  const readOpen = (session: Session): Shown => {
    const known = read?.of === session ? read.topics : null;
    // What throws from here on is read whole the next time.
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

  /** What did not go is told with the next push, which has its number. */
  const tell = (snapshot: Unnumbered): boolean => {
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
    // Whoever has asked knows it now, and whoever has not is one push behind. A first one is told with the answer alone.
    if (shown === null || !tell(now)) {
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
      tell(look());
      const endedMs = clock.monotonicMs();
      restsUntilMs = endedMs + Math.min((endedMs - beganMs) * READING_PART, LONGEST_REST_MS);
    });
  }

  function allChanged(): void {
    read = null;
    pushSoon();
  }

  function whileOpening(what: Pick<ClosedScreen, 'opening' | 'update'>): void {
    closedNow = { mode: 'opening', problem: null, ...what };
    held = false;
    hasIt();
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
    opening: ({ done, of }) => whileOpening({ opening: { done, of } }),
    updating: (update) => whileOpening({ update }),
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
