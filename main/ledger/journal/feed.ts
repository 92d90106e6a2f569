import type { Db } from '../../kernel/database/open.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { JournalRow } from './chain.ts';
import type { JournalRepository } from './journal-repository.ts';

/** A journal row for subscribers; whoever relies on its content has it proven. */
export type FeedRow = Pick<JournalRow, 'number' | 'atMs' | 'entry' | 'event' | 'actor' | 'reason'>;

/** Publishes journal rows after their commit, in the order of their numbers. */
export interface JournalFeed {
  /** From now on; the returned function unsubscribes. */
  subscribe(listener: (rows: readonly FeedRow[]) => void): () => void;
  stop(): void;
}

interface JournalFeedParts {
  readonly db: Pick<Db, 'open' | 'inTransaction'>;
  readonly journal: Pick<JournalRepository, 'onAppend' | 'head'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Retries even if no further row is appended. */
const AGAIN_AFTER_MS = 1_000;

interface Reader {
  readonly listener: (rows: readonly FeedRow[]) => void;
  /** Appended and not delivered yet, in order. */
  rows: FeedRow[];
}

/** Rows are collected as they are appended, never read again; rolled-back ones are dropped. */
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
    // Reset first: the listener may append rows itself.
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
    // Not committed yet.
    if (db.inTransaction) return again();
    try {
      // Rows after the journal's end were rolled back.
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
      // A reused number: the transaction before was rolled back.
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
