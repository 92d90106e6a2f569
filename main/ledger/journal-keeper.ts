import { appError } from '../../preload/contract/index.ts';
import { DatabaseFailure, databaseFailure } from '../kernel/database/failure.ts';
import { every } from '../kernel/every.ts';
import { isRefusedForNow, whileRefused, whileRefusedSync } from '../kernel/held-file.ts';
import { createEntryTrust, type Vouched, type WrongInTables } from './entry-trust.ts';
import { type ChainHead, emptyChain } from './journal/chain.ts';
import { inspect, openChain } from './journal-start.ts';
import type { JournalKeeperParts, JournalState } from './journal-state.ts';

export type { JournalKeeperParts, JournalState } from './journal-state.ts';

/** Vouches for entries, and keeps the head outside the database ahead of every send. */
export interface JournalKeeper {
  /**
   * Looks at head and tail; opens a first chain where there is none. Where all is not fine the heads stay as
   * they are until `coverAnew`: a till that ends before it has acted on what it found must find it again.
   */
  start(): JournalState;
  /** What was found at the start is dealt with and committed: head and copy say where the journal now ends. */
  coverAnew(): void;
  /** Null when the journal vouches for the entry, else why it does not. What only the tables had wrong is put right. */
  problem(entryId: string): string | null;
  /** The same, with what is vouched for and the bytes to send. */
  vouched(entryId: string): Vouched;
  /** What the audit found wrong in the tables alone. */
  putRight(found: WrongInTables): void;
  /** How often something of the tables was put right so far. */
  repaired(): number;
  /** Whether somebody had altered some of that: names that were erased are taken out without. */
  isAltered(): boolean;
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

/** While the key is lost nothing is vouched for, so nothing is sent. */
export const keyLostKeeper: JournalKeeper = {
  start: () => ({ kind: 'fine' }),
  coverAnew: () => undefined,
  problem: () => 'key-lost',
  vouched: () => ({ problem: 'key-lost', proven: null }),
  putRight: () => undefined,
  repaired: () => 0,
  isAltered: () => false,
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

export function createJournalKeeper(parts: JournalKeeperParts): JournalKeeper {
  const { journal, slots, copy, clock, logger } = parts;
  const { memory } = journal;
  let covered: ChainHead = emptyChain(1);
  let copyDue = false;
  let cancelCopy = (): void => undefined;
  let endCovers = (): void => undefined;
  let cancelSoon: (() => void) | null = null;
  let isHeadWaiting = true;
  let covering: Promise<void> | null = null;
  let isClosed = false;
  let trusted: ChainHead | null = null;
  let lastBroken = 0;
  const pass = (ms: number) => new Promise<void>((resolve) => void clock.schedule(ms, resolve));
  const entries = createEntryTrust(parts, () => lastBroken);

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
    if (isHeadWaiting || (head.chain === covered.chain && head.count === covered.count)) return;
    slots.write(head);
    covered = head;
    if (copyDue) return;
    copyDue = true;
    cancelCopy = clock.schedule(COPY_WITHIN_MS, copyHead);
  };

  const notWritten = (thrown: unknown) => logger.warn('journal.head-not-written', { error: String(thrown) });

  /** A head that somebody holds is waited for, and main's thread goes on meanwhile. */
  const writePatiently = (): Promise<void> => {
    covering ??= Promise.resolve()
      .then(() => whileRefused(writeShared, { wait: pass }))
      .catch((thrown: unknown) => {
        covering = null;
        throw thrown;
      });
    return covering;
  };

  /** What is committed from here on is no more covered by it. */
  const writeShared = () => {
    if (isClosed) throw new Error('the till closes');
    write();
    covering = null;
  };

  const tryToWrite = () => {
    try {
      write();
    } catch (thrown) {
      if (isRefusedForNow(thrown) && !isClosed) void writePatiently().catch(notWritten);
      else notWritten(thrown);
    }
  };

  // Those of one breath share a write.
  const coverSoon = () => {
    if (isHeadWaiting) return;
    cancelSoon ??= clock.schedule(COVER_WITHIN_MS, () => {
      cancelSoon = null;
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
      // Before it is said which entries are open: the tables may have hidden one.
      for (const sequence of found.gone) entries.problemOf(sequence);
      memory.begin(journal.head(), journal.newestRowsOfOpen());
      isHeadWaiting = state.kind !== 'fine';
      write();
      endCovers = every(clock, COVER_EVERY_MS, tryToWrite);
      journal.onAppend(coverSoon);
      return state;
    },
    coverAnew: () => {
      if (!isHeadWaiting) return;
      isHeadWaiting = false;
      try {
        // Both slots, and both of the copy: the newer of what was there before would be taken for the head.
        for (const to of [slots, slots, copy, copy]) whileRefusedSync(() => to.write(journal.head()));
        covered = journal.head();
      } catch (thrown) {
        notWritten(thrown);
      }
    },
    problem: entries.problem,
    vouched: entries.vouched,
    putRight: entries.putRight,
    repaired: entries.repaired,
    isAltered: entries.isAltered,
    cover: writePatiently,
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
      endCovers();
      cancelSoon?.();
      isClosed = true;
      tryToWrite();
      if (copyDue) copyHead();
    },
    head: () => covered,
    trusted: () => trusted,
  };
}
