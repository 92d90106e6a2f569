import type { CallBudget } from '../hosts/calls/index.ts';
import type { Link } from '../hosts/link/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Changed } from '../kernel/room.ts';
import type { MemberReader } from './member-reader.ts';

/** Fills the member directory page by page while calls are to spare, so that offline look-up works. */
export interface DirectoryFillService {
  start(): void;
  stop(): void;
  state(): { readonly complete: boolean; readonly updatedAtMs: number | null };
}

export interface DirectoryFillParts {
  readonly reader: MemberReader;
  readonly settings: Settings;
  readonly callBudget: Pick<CallBudget, 'may'>;
  readonly link: Link;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly canCall: () => boolean;
  /** Whether the disk has room for optional data. */
  readonly hasRoom: () => boolean;
  /** A small committed write; throws while the disk is full or read-only. */
  readonly tryWrite: () => void;
  /** The pause between two pages, so that a cashier's look-up never waits for them. */
  readonly pauseMs: number;
  readonly changed: Changed<'directory'>;
}

/** How often a short directory is read again, and how soon a failed page is retried. */
const REFRESH_MS = 24 * 3_600_000;
const LATER_MS = 60_000;
/** Bounds retries: a host that never returns the page costs a few calls a day. */
const LONGEST_LATER_MS = 6 * 3_600_000;

/** Pages that may be read again each day; a longer list is read less often, since look-ups keep it fresh. */
const PAGES_A_DAY = 3;

/** A list that was whole so much later than now was so by a clock that was wrong: it counts as never read. */
const AHEAD_MS = 24 * 3_600_000;

const CURSOR = 'directory.cursor';
const PAGES = 'directory.pages';
const COMPLETED = 'directory.completedAtMs';

/** Its members were deleted: it counts as never read. */
export function readDirectoryAnew(settings: Pick<Settings, 'remove'>): void {
  for (const key of [CURSOR, COMPLETED, PAGES]) settings.remove(key);
}

export function createDirectoryFillService(parts: DirectoryFillParts): DirectoryFillService {
  const { reader, settings, callBudget, link, clock, logger, canCall, tryWrite, pauseMs, changed } = parts;
  let cancel: (() => void) | null = null;
  let stopped = true;
  let failures = 0;

  const completedAtMs = () => {
    const text = settings.get(COMPLETED);
    if (text === null) return null;
    const atMs = Number(text);
    return atMs > clock.nowMs() + AHEAD_MS ? null : atMs;
  };

  const pagesRead = () => Number(settings.get(PAGES) ?? 0);
  const refreshMs = () => REFRESH_MS * Math.max(1, pagesRead() / PAGES_A_DAY);

  const isDue = () => {
    const completed = completedAtMs();
    const open = link.state.pauses.length === 0 && link.state.reach !== 'offline';
    const stale =
      completed === null ||
      Math.abs(clock.nowMs() - completed) > refreshMs() ||
      settings.get(CURSOR) !== null;
    return open && stale && parts.hasRoom() && canCall() && callBudget.may('directory');
  };

  /** Only where the call could be counted. */
  const takesWrites = (): boolean => {
    try {
      tryWrite();
      return true;
    } catch (thrown) {
      logger.error('directory.disk', { error: String(thrown) });
      return false;
    }
  };

  const next = (delayMs: number) => {
    if (stopped) return;
    cancel = clock.schedule(delayMs, () => {
      step().catch((thrown: unknown) => {
        logger.error('directory.failed', { error: String(thrown) });
        nextAfterFailure();
      });
    });
  };

  const nextAfterFailure = () => {
    failures += 1;
    next(Math.min(LONGEST_LATER_MS, LATER_MS * 2 ** Math.min(failures - 1, 20)));
  };

  const step = async () => {
    if (!isDue()) return next(link.state.reach === 'starting' ? pauseMs : LATER_MS);
    if (!takesWrites()) return next(LATER_MS);
    const from = settings.get(CURSOR);
    const { result } = await reader.page(from);
    if (stopped) return;
    if (!result.ok) {
      // An old cursor may be refused for ever: the next try starts at the first page.
      if (result.error.kind === 'refused') settings.remove(CURSOR);
      return nextAfterFailure();
    }
    const { cursor } = result.value;
    settings.set(PAGES, String(from === null ? 1 : pagesRead() + 1));
    if (cursor === null) {
      settings.remove(CURSOR);
      settings.set(COMPLETED, String(clock.nowMs()));
    } else {
      settings.set(CURSOR, cursor);
    }
    failures = 0;
    changed('directory');
    next(cursor === null ? LATER_MS : pauseMs);
  };

  return {
    start: () => {
      stopped = false;
      next(0);
    },
    stop: () => {
      stopped = true;
      cancel?.();
    },
    state: () => ({ complete: completedAtMs() !== null, updatedAtMs: completedAtMs() }),
  };
}
