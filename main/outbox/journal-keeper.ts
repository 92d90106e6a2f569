import { appError } from '../../preload/contract/index.ts';
import { DatabaseFailure, databaseFailure } from '../database/failure.ts';
import type { Db } from '../database/open.ts';
import type { Clock, Logger } from '../ports.ts';
import { createVoucher } from './journal-audit.ts';
import { type ChainBreak, type ChainHead, emptyChain } from './journal-chain.ts';
import { type HeadSlots, isNewer } from './journal-head.ts';
import type { JournalRepository } from './journal-repository.ts';
import type { Recorder } from './recorder.ts';

/** What the start-up found about the journal. */
export type JournalState =
  | { readonly kind: 'fine' }
  /** The database is behind its head, or the head does not fit: every open entry goes to review. */
  | { readonly kind: 'rolled-back' }
  /** The chain was written under a key that is lost: a new one is opened, all that is open goes to review. */
  | { readonly kind: 'other-key' }
  | { readonly kind: 'broken'; readonly at: ChainBreak };

/** Vouches for entries, and keeps the head outside the database ahead of every send. */
export interface JournalKeeper {
  /**
   * Looks at head and tail; opens a first chain where there is none. Where all is not fine the heads stay as
   * they are until `coverAnew`: a till that ends before it has acted on what it found must find it again.
   */
  start(): JournalState;
  /** What was found at the start is dealt with and committed: head and copy say where the journal now ends. */
  coverAnew(): void;
  /** Null when the journal vouches for the entry as the tables have it, else what does not agree. */
  problem(entryId: string): string | null;
  /** Resolves when the head outside the database covers all that is committed; callers together share a write. */
  cover(): Promise<void>;
  /** The same at once; a `DatabaseFailure` where the disk refuses. */
  coverNow(): void;
  /** Writes what the copy outside the data folder lacks. */
  copyHead(): void;
  /** Covers what is committed, the copy too, and leaves no timer behind. */
  close(): void;
  head(): ChainHead;
  /** What the head outside the database said at start-up; null = there is none. */
  trusted(): ChainHead | null;
}

export interface JournalKeeperParts {
  readonly db: Db;
  readonly journal: JournalRepository;
  readonly recorder: Recorder;
  readonly slots: HeadSlots;
  /** Outside the data folder, so that a folder put back as a whole is noticed. */
  readonly copy: HeadSlots;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** While the key is lost nothing is vouched for, so nothing is sent. */
export const keyLostKeeper: JournalKeeper = {
  start: () => ({ kind: 'fine' }),
  coverAnew: () => undefined,
  problem: () => 'key-lost',
  cover: () => Promise.reject(new Error('the journal key is lost')),
  coverNow: () => undefined,
  copyHead: () => undefined,
  close: () => undefined,
  head: () => emptyChain(1),
  trusted: () => null,
};

/** The copy outside the data folder follows within this time. */
const COPY_WITHIN_MS = 60_000;

/**
 * What is committed and not sent (an entry, a cashier's cancellation) is covered within this time: soon enough that
 * a write-ahead log which is lost with the power is missed, and after the answer to the cashier.
 */
const COVER_WITHIN_MS = 250;

/** Where that was refused it is tried again. */
const COVER_EVERY_MS = 60_000;

/** Rows before the trusted head that are checked at start-up as well. */
const TAIL_ROWS = 200;

export function createJournalKeeper(parts: JournalKeeperParts): JournalKeeper {
  const { db, journal, slots, copy, clock, logger } = parts;
  const { memory } = journal;
  const vouch = createVoucher(db, (entryId) => {
    const rows = journal.provenRows(entryId);
    return rows !== null && memory.misses(entryId, rows) ? null : rows;
  });
  let covered: ChainHead = emptyChain(1);
  let copyDue = false;
  let cancelCopy = (): void => undefined;
  let cancelCover = (): void => undefined;
  let cancelSoon: (() => void) | null = null;
  let heldBack = true;
  let covering: Promise<void> | null = null;
  let trusted: ChainHead | null = null;
  let lastBroken = 0;

  const copyHead = () => {
    cancelCopy();
    copyDue = false;
    try {
      copy.write(covered);
    } catch (thrown) {
      logger.warn('journal.copy-not-written', { error: String(thrown) });
    }
  };

  const write = () => {
    const head = journal.head();
    memory.committed(head);
    // The head stays as it is then, and nothing is sent: the next start must find out.
    if (memory.isCut()) {
      logger.error('journal.rows-gone', { head: covered.count, rows: head.count });
      throw new Error('rows were taken out of the journal');
    }
    if (heldBack || (head.chain === covered.chain && head.count === covered.count)) return;
    slots.write(head);
    covered = head;
    if (copyDue) return;
    copyDue = true;
    cancelCopy = clock.schedule(COPY_WITHIN_MS, copyHead);
  };

  const tryToWrite = () => {
    try {
      write();
    } catch (thrown) {
      logger.warn('journal.head-not-written', { error: String(thrown) });
    }
  };

  // Those of one breath share a write.
  const coverSoon = () => {
    if (heldBack) return;
    cancelSoon ??= clock.schedule(COVER_WITHIN_MS, () => {
      cancelSoon = null;
      tryToWrite();
    });
  };

  const coverNowAndThen = () => {
    cancelCover = clock.schedule(COVER_EVERY_MS, () => {
      coverNowAndThen();
      tryToWrite();
    });
  };

  return {
    start: () => {
      const found = inspect(parts);
      const { state } = found;
      trusted = found.trusted;
      lastBroken = found.lastBroken;
      const isFirst = journal.head().count === 0;
      if (isFirst && state.kind === 'fine') {
        // Empty heads first: a crash after the commit and before its head is then no missing head.
        copyHead();
        slots.write(emptyChain(1));
      }
      if (state.kind === 'other-key') openChain(parts, 'the key of the chain before was lost');
      else if (isFirst) openChain(parts, state.kind === 'fine' ? 'first' : 'the journal was gone');
      memory.begin(journal.head(), journal.newestRowsOfOpen());
      heldBack = state.kind !== 'fine';
      write();
      coverNowAndThen();
      journal.onAppend(coverSoon);
      return state;
    },
    coverAnew: () => {
      if (!heldBack) return;
      heldBack = false;
      try {
        // Both slots, and both of the copy: the newer of what was there before would be believed.
        for (const to of [slots, slots, copy, copy]) to.write(journal.head());
        covered = journal.head();
      } catch (thrown) {
        logger.warn('journal.head-not-written', { error: String(thrown) });
      }
    },
    problem: (entryId) => {
      // A row that is gone or altered may have told of any entry that was there by then.
      if (lastBroken > 0 && (journal.provenRows(entryId)?.[0]?.number ?? 0) <= lastBroken)
        return 'journal broken';
      return vouch(entryId);
    },
    cover: () => {
      covering ??= Promise.resolve().then(() => {
        covering = null;
        write();
      });
      return covering;
    },
    coverNow: () => {
      try {
        write();
      } catch (thrown) {
        const failure = databaseFailure(thrown) ?? appError('database-failed', { sqlite: 'journal head' });
        throw new DatabaseFailure(failure, thrown);
      }
    },
    copyHead,
    close: () => {
      cancelCover();
      cancelSoon?.();
      tryToWrite();
      if (copyDue) copyHead();
    },
    head: () => covered,
    trusted: () => trusted,
  };
}

interface Inspection {
  readonly state: JournalState;
  readonly trusted: ChainHead | null;
  readonly lastBroken: number;
}

function inspect({ db, journal, slots, copy, logger }: JournalKeeperParts): Inspection {
  const [near, far] = [slots.read(), copy.read()];
  const isOurs = journal.isOurs();
  // A head that our key has sealed says that the rows were written under it too: then they were altered.
  if (!isOurs && near === null && far === null) {
    logger.error('journal.other-key');
    return { state: { kind: 'other-key' }, trusted: null, lastBroken: 0 };
  }
  const trusted = isNewer(far, near) ? far : near;
  const now = journal.head();
  // From the oldest entry that is open: any row since could tell that it was sent.
  const known = trusted?.chain === now.chain ? trusted.count : now.count;
  const tail = Math.min(known - TAIL_ROWS, (journal.firstRowOfOpen() ?? known) - 1);
  const from = isOurs ? Math.max(0, tail) : 0;
  const { first, lastBroken } = journal.survey(from);
  const state = ((): JournalState => {
    const missing = missingHead(db, near, far, now);
    if (missing !== null) {
      logger.error('journal.head-missing', { rows: now.count, missing });
      return { kind: 'rolled-back' };
    }
    if (trusted === null) return { kind: 'fine' };
    if (now.chain !== trusted.chain || now.count < trusted.count || !journal.contains(trusted)) {
      logger.error('journal.rolled-back', { head: trusted.count, rows: now.count });
      return { kind: 'rolled-back' };
    }
    const orphan = first === null ? journal.firstOrphan(from, now.count) : null;
    const at = first ?? (orphan === null ? null : { number: orphan, why: 'entry-gone' as const });
    if (at === null) return { kind: 'fine' };
    logger.error('journal.broken', { row: at.number, why: at.why });
    return { kind: 'broken', at };
  })();
  return { state, trusted, lastBroken };
}

/** What should be there beside these rows and is not: the folder was put back, moved, or tampered with. */
function missingHead(
  db: Db,
  near: ChainHead | null,
  far: ChainHead | null,
  now: ChainHead,
): 'head' | 'copy' | 'journal' | null {
  // An empty copy alone is a first start that was cut off.
  if (near === null && ((far !== null && far.count > 0) || now.count > 0)) return 'head';
  if (near !== null && near.count > 1 && far === null) return 'copy';
  const hasEntries = () => db.prepare('SELECT 1 AS found FROM increment LIMIT 1').get() !== undefined;
  return now.count === 0 && hasEntries() ? 'journal' : null;
}

/** A new chain takes up what is there already, as it is. */
function openChain({ db, journal, recorder }: JournalKeeperParts, reason: string): void {
  db.transaction(() => {
    journal.openChain(reason, 'till');
    const rows = db.prepare('SELECT id FROM increment ORDER BY sequence').all() as { id: string }[];
    for (const { id } of rows) recorder.record(id, 'added', 'till', 'adopted');
  }).immediate();
}
