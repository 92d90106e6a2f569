import type { Db } from '../../kernel/database/open.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { JournalRow } from './chain.ts';
import type { JournalRepository } from './journal-repository.ts';

/** A row of the journal as its readers hear of it; whoever relies on its content has it proven. */
export type FeedRow = Pick<JournalRow, 'number' | 'atMs' | 'entry' | 'event' | 'actor' | 'reason'>;

/** What happens at this till, told after it is committed, row by row in the order of their numbers. */
export interface JournalFeed {
  /** From now on, as long as this process lives. What is returned ends it. */
  subscribe(listener: (rows: readonly FeedRow[]) => void): () => void;
  stop(): void;
}

export interface JournalFeedParts {
  readonly db: Pick<Db, 'open' | 'inTransaction'>;
  readonly journal: Pick<JournalRepository, 'onAppend' | 'head'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What could not be told is told again this soon: perhaps nothing else is appended meanwhile. */
const AGAIN_AFTER_MS = 1_000;

interface Reader {
  readonly listener: (rows: readonly FeedRow[]) => void;
  /** Collected as they were appended, in their order, and not told yet. */
  rows: FeedRow[];
}

/** Rows are told as they were appended, and are not read again; those that were taken back are dropped. */
export function createJournalFeed({ db, journal, clock, logger }: JournalFeedParts): JournalFeed {
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

  const tellOne = (reader: Reader, end: number) => {
    const rows = reader.rows.filter(({ number }) => number <= end);
    // What the listener appends itself is collected meanwhile.
    reader.rows = [];
    if (rows.length === 0) return;
    try {
      reader.listener(rows);
    } catch (thrown) {
      if (!db.open) return;
      reader.rows = [...rows, ...reader.rows];
      logger.error('journal.reader-failed', { error: String(thrown) });
      again();
    }
  };

  const tellAll = () => {
    isDue = false;
    if (stopped || !db.open) return;
    // Nobody knows yet whether it will be committed.
    if (db.inTransaction) return again();
    try {
      // Rows behind the journal's end were taken back.
      const { count } = journal.head();
      for (const reader of readers) tellOne(reader, count);
    } catch (thrown) {
      logger.error('journal.reader-failed', { error: String(thrown) });
      again();
    }
  };

  journal.onAppend(({ number, atMs, entry, event, actor, reason }) => {
    if (readers.size === 0) return;
    for (const { rows } of readers) {
      // The transaction of what had this number was rolled back.
      while ((rows.at(-1)?.number ?? 0) >= number) rows.pop();
      rows.push({ number, atMs, entry, event, actor, reason });
    }
    if (isDue) return;
    isDue = true;
    queueMicrotask(tellAll);
  });

  return {
    subscribe: (listener) => {
      const reader: Reader = { listener, rows: [] };
      readers.add(reader);
      return () => void readers.delete(reader);
    },
    stop: () => {
      stopped = true;
      cancelAgain?.();
    },
  };
}
