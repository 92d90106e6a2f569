import type { Db } from '../../kernel/database/open.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { createTogether } from '../../kernel/database/together.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { JournalRow } from './chain.ts';
import type { JournalRepository } from './journal-repository.ts';

/** A row of the journal as its readers hear of it; whoever relies on its content has it proven. */
export type FeedRow = Pick<JournalRow, 'number' | 'atMs' | 'entry' | 'event' | 'actor' | 'reason'>;

/** What happens at this till, told after it is committed, row by row in the order of their numbers. */
export interface JournalFeed {
  /** From now on, as long as this process lives. What is returned ends it. */
  subscribe(listener: (rows: readonly FeedRow[]) => void): () => void;
  /**
   * For what must not miss a row over a restart, nor act on one twice: how far `name` has come is kept in the
   * transaction in which `handle` runs. One that is new begins with the next row.
   */
  follow(name: string, handle: (row: FeedRow) => void): () => void;
  stop(): void;
}

export interface JournalFeedParts {
  readonly db: Db;
  readonly journal: Pick<JournalRepository, 'onAppend' | 'head'>;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Rows told at once: a reader that was away hears of them page by page. */
const PAGE_ROWS = 500;

/** A reader that failed is told the same again this soon: perhaps nothing else is appended meanwhile. */
const AGAIN_AFTER_MS = 1_000;

/** Where the rows end that a reader has heard of. */
interface Reader {
  /** Tells what came since; true where there may be more. */
  tell(): boolean;
}

const keyOf = (name: string): string => `feed.${name}`;

export function createJournalFeed(parts: JournalFeedParts): JournalFeed {
  const { db, journal, settings, clock, logger } = parts;
  const after = db.prepare(
    `SELECT number, at_ms AS atMs, entry, event, actor, reason FROM journal WHERE number > ? ORDER BY number LIMIT ?`,
  );
  // Most readers have come as far as each other: while they are told, what one was told is not read again.
  let page: { readonly after: number; readonly rows: readonly FeedRow[] } | null = null;
  const rowsAfter = (number: number): readonly FeedRow[] => {
    if (page?.after !== number) page = { after: number, rows: after.all(number, PAGE_ROWS) as FeedRow[] };
    return page.rows;
  };
  const together = createTogether(db);
  const readers = new Set<Reader>();
  let isDue = false;
  let stopped = false;
  let cancelAgain: (() => void) | null = null;

  const again = () => {
    cancelAgain ??= clock.schedule(AGAIN_AFTER_MS, () => {
      cancelAgain = null;
      tellAll();
    });
  };

  const tellOne = (reader: Reader) => {
    try {
      while (!stopped && db.open && reader.tell());
    } catch (thrown) {
      if (!db.open) return;
      logger.error('journal.reader-failed', { error: String(thrown) });
      again();
    }
  };

  const tellAll = () => {
    isDue = false;
    page = null;
    if (!stopped && db.open) for (const reader of readers) tellOne(reader);
    page = null;
  };

  // A transaction is over before anything else runs: what is read then was committed.
  journal.onAppend(() => {
    if (isDue || readers.size === 0) return;
    isDue = true;
    queueMicrotask(tellAll);
  });

  const add = (reader: Reader): (() => void) => {
    readers.add(reader);
    return () => void readers.delete(reader);
  };

  return {
    subscribe: (listener) => {
      let heard = journal.head().count;
      return add({
        tell: () => {
          const rows = rowsAfter(heard);
          const last = rows.at(-1);
          if (last === undefined) return false;
          listener(rows);
          heard = last.number;
          return rows.length === PAGE_ROWS;
        },
      });
    },
    follow: (name, handle) => {
      const key = keyOf(name);
      const kept = settings.get(key);
      if (kept === null) settings.set(key, String(journal.head().count));
      const reader: Reader = {
        tell: () => {
          const rows = rowsAfter(Number(settings.get(key) ?? 0));
          for (const row of rows)
            together(() => {
              handle(row);
              settings.set(key, String(row.number));
            });
          return rows.length === PAGE_ROWS;
        },
      };
      // What happened while nobody read.
      queueMicrotask(() => {
        page = null;
        tellOne(reader);
      });
      return add(reader);
    },
    stop: () => {
      stopped = true;
      cancelAgain?.();
    },
  };
}
