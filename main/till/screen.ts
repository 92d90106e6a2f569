import type { AppError, Changes, Snapshot } from '../../preload/contract/index.ts';
import { databaseFailure } from '../database/failure.ts';
import type { Progress } from '../database/views.ts';
import type { Clock, Logger } from '../ports.ts';
import type { Shown } from '../room.ts';
import { changesBetween, type Picture } from './changes.ts';
import type { Session } from './session.ts';
import { type ClosedView, closedSnapshot, openSnapshot } from './snapshot.ts';

export interface ScreenParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly session: () => Session | null;
  /** Sends it to the page; false where it did not go. */
  readonly onChanges: (changes: Changes) => boolean;
}

export interface Screen {
  /** The whole picture; what is new in it goes out too. */
  snapshot(): Snapshot;
  /** Something shown may have changed: what has goes out soon, many changes as one. */
  changed(): void;
  /** Between two tills there is nothing to show; what was shown stays, rather than the first screen. */
  hold(): void;
  /** Opening takes so long that people are told how far it has come. */
  opening(progress: Progress): void;
  /** A till is open, or else this is to be seen. */
  release(closed?: ClosedView): void;
  /** What is to be seen where no till is open. */
  closed(): ClosedView;
  /** The person is asked whether to close the window, for the so many-th time; 0: not any more. */
  ask(closing: number): void;
  /** Nothing goes out any more. */
  stop(): void;
}

/** Changes within this time go out as one push. */
const PUSH_DELAY_MS = 30;

/** A screen that could not be read is read again this soon: perhaps nothing else changes meanwhile. */
const READ_AGAIN_MS = 2_000;

/** What a page begins with that has heard of nothing. */
const closedPicture: Picture = { ...closedSnapshot({ mode: 'opening', problem: null }), closing: 0 };

export function createScreen(parts: ScreenParts): Screen {
  const { clock, logger } = parts;
  let view: ClosedView = { mode: 'opening', problem: null };
  let revision = 0;
  /** What the page has been told of, once it has asked or heard. */
  let told: Picture | null = null;
  let closing = 0;
  let pushDue: (() => void) | null = null;
  let readAgain: (() => void) | null = null;
  let held = false;
  let stopped = false;

  const forgetReadAgain = () => {
    readAgain?.();
    readAgain = null;
  };

  /** Logged once for all the reads that fail in a row. */
  const notRead = (failure: AppError) => {
    if (readAgain === null) logger.error('screen.not-read', { code: failure.code, ...failure.details });
    readAgain?.();
    readAgain = clock.schedule(READ_AGAIN_MS, changed);
  };

  const readOpen = (session: Session): Shown => {
    try {
      const read = openSnapshot(session);
      forgetReadAgain();
      return read;
    } catch (thrown) {
      const failure = databaseFailure(thrown);
      if (failure === null) throw thrown;
      notRead(failure);
      return closedSnapshot({ mode: 'broken', problem: failure });
    }
  };

  const look = (): Picture => {
    const session = parts.session();
    const shown = session === null ? closedSnapshot(view) : readOpen(session);
    return { ...shown, closing };
  };

  /** What did not go is told with the next push, which has its number. */
  const tell = (picture: Picture): boolean => {
    const changes = changesBetween(told ?? closedPicture, picture);
    if (changes === null) return true;
    if (!parts.onChanges({ number: revision + 1, ...changes })) return false;
    revision += 1;
    told = picture;
    return true;
  };

  const snapshot = (): Snapshot => {
    if (held && told !== null) return { ...told, revision };
    const picture = look();
    // Whoever has asked knows it now, and whoever has not is one push behind.
    if (!tell(picture)) {
      revision += 1;
      told = picture;
    }
    return { ...picture, revision };
  };

  function changed(): void {
    if (stopped) return;
    pushDue ??= clock.schedule(PUSH_DELAY_MS, () => {
      pushDue = null;
      if (!held) tell(look());
    });
  }

  return {
    snapshot,
    changed,
    hold: () => {
      held = true;
      forgetReadAgain();
    },
    opening: ({ done, of }) => {
      view = { mode: 'opening', problem: null, opening: { done, of } };
      held = false;
      changed();
    },
    release: (closed) => {
      view = closed ?? view;
      held = false;
      changed();
    },
    closed: () => view,
    ask: (times) => {
      closing = times;
      changed();
    },
    stop: () => {
      stopped = true;
      pushDue?.();
      forgetReadAgain();
    },
  };
}
