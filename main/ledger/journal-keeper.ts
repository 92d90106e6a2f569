import { appError } from '../../preload/contract/index.ts';
import { DatabaseFailure, databaseFailure } from '../kernel/database/failure.ts';
import { every } from '../kernel/every.ts';
import { isRefusedForNow, whileRefused, whileRefusedSync } from '../kernel/held-file.ts';
import { createEntryTrust, type EntryTrust } from './entry-trust.ts';
import { type ChainHead, emptyChain } from './journal/chain.ts';
import { inspect, openChain } from './journal-start.ts';
import type { JournalKeeperParts, JournalState } from './journal-state.ts';

export type { JournalKeeperParts, JournalState } from './journal-state.ts';

/** Verifies entries, and keeps the checkpoint outside the database ahead of every send. */
export interface JournalKeeper extends Omit<EntryTrust, 'problemOf'> {
  /**
   * Checks checkpoint and tail; opens the first chain of an empty journal. If anything is wrong the checkpoints stay
   * until `checkpointAnew`: a till that stops before it acted on the finding must find it again.
   */
  start(): JournalState;
  /** The finding was acted on and committed: moves checkpoint and copy to the journal's end. */
  checkpointAnew(): void;
  /** Resolves once the checkpoint includes all that is committed; concurrent callers share one write. */
  checkpoint(): Promise<void>;
  /** The same synchronously; throws a `DatabaseFailure` if the disk refuses. */
  checkpointNow(): void;
  copyHead(): void;
  /** Writes checkpoint and copy, and cancels all timers. */
  close(): void;
  head(): ChainHead;
  /** The checkpoint as found at start-up; null if there was none. */
  trusted(): ChainHead | null;
}

/** While the key is lost nothing verifies, so nothing is sent. */
export const keyLostKeeper: JournalKeeper = {
  start: () => ({ kind: 'fine' }),
  checkpointAnew: () => undefined,
  problem: () => 'key-lost',
  verified: () => ({ problem: 'key-lost', proven: null }),
  putRight: () => undefined,
  repaired: () => 0,
  isAltered: () => false,
  checkpoint: () => Promise.reject(new Error('the journal key is lost')),
  checkpointNow: () => undefined,
  copyHead: () => undefined,
  close: () => undefined,
  head: () => emptyChain(1),
  trusted: () => null,
};

/** Delay of the copy outside the data folder. */
const COPY_WITHIN_MS = 60_000;

/**
 * Delay of the checkpoint for commits that are not sent (an entry, a cancellation): short enough to notice a
 * write-ahead log lost in a power cut, and after the cashier's answer.
 */
const CHECKPOINT_WITHIN_MS = 250;

/** Retry interval after a refused write. */
const CHECKPOINT_EVERY_MS = 60_000;

export function createJournalKeeper(parts: JournalKeeperParts): JournalKeeper {
  const { journal, slots, copy, clock, logger } = parts;
  const { memory } = journal;
  let written: ChainHead = emptyChain(1);
  let copyDue = false;
  let cancelCopy = (): void => undefined;
  let stopCheckpoints = (): void => undefined;
  let cancelSoon: (() => void) | null = null;
  let isHeadWaiting = true;
  let checkpointing: Promise<void> | null = null;
  let isClosed = false;
  let trusted: ChainHead | null = null;
  let lastBroken = 0;
  const pass = (ms: number) => new Promise<void>((resolve) => void clock.schedule(ms, resolve));
  const entries = createEntryTrust(parts, () => lastBroken);

  const copyHead = () => {
    cancelCopy();
    copyDue = false;
    try {
      copy.write(written);
    } catch (thrown) {
      logger.warn('journal.copy-not-written', { error: String(thrown) });
    }
  };

  const write = () => {
    const head = journal.head();
    memory.committed(head);
    // Leaves the checkpoint, so that nothing is sent and the next start finds it.
    if (memory.isCut()) {
      logger.error('journal.rows-gone', { head: written.count, rows: head.count });
      throw new Error('rows were taken out of the journal');
    }
    if (isHeadWaiting || (head.chain === written.chain && head.count === written.count)) return;
    slots.write(head);
    written = head;
    if (copyDue) return;
    copyDue = true;
    cancelCopy = clock.schedule(COPY_WITHIN_MS, copyHead);
  };

  const notWritten = (thrown: unknown) => logger.warn('journal.head-not-written', { error: String(thrown) });

  /** Waits, without blocking the main thread, for a file that another program holds. */
  const writePatiently = (): Promise<void> => {
    checkpointing ??= Promise.resolve()
      .then(() => whileRefused(writeShared, { wait: pass }))
      .catch((thrown: unknown) => {
        checkpointing = null;
        throw thrown;
      });
    return checkpointing;
  };

  /** Commits from here on need the next write. */
  const writeShared = () => {
    if (isClosed) throw new Error('the till closes');
    write();
    checkpointing = null;
  };

  const tryToWrite = () => {
    try {
      write();
    } catch (thrown) {
      if (isRefusedForNow(thrown) && !isClosed) void writePatiently().catch(notWritten);
      else notWritten(thrown);
    }
  };

  // Commits in quick succession share one write.
  const checkpointSoon = () => {
    if (isHeadWaiting) return;
    cancelSoon ??= clock.schedule(CHECKPOINT_WITHIN_MS, () => {
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
        // Empty checkpoints first: a crash after the commit must not look like a missing checkpoint.
        copyHead();
        slots.write(emptyChain(1));
      }
      if (state.kind === 'other-key') openChain(parts, 'the key of the chain before was lost');
      else if (isFirst) openChain(parts, state.kind === 'fine' ? 'first' : 'the journal was gone');
      // First, since a damaged table may hide an open entry.
      for (const sequence of found.gone) entries.problemOf(sequence);
      memory.begin(journal.head(), journal.newestRowsOfOpen());
      isHeadWaiting = state.kind !== 'fine';
      write();
      stopCheckpoints = every(clock, CHECKPOINT_EVERY_MS, tryToWrite);
      journal.onAppend(checkpointSoon);
      return state;
    },
    checkpointAnew: () => {
      if (!isHeadWaiting) return;
      isHeadWaiting = false;
      try {
        // Both slots of each: a newer old one would count as the checkpoint.
        for (const to of [slots, slots, copy, copy]) whileRefusedSync(() => to.write(journal.head()));
        written = journal.head();
      } catch (thrown) {
        notWritten(thrown);
      }
    },
    problem: entries.problem,
    verified: entries.verified,
    putRight: entries.putRight,
    repaired: entries.repaired,
    isAltered: entries.isAltered,
    checkpoint: writePatiently,
    checkpointNow: () => {
      try {
        write();
      } catch (thrown) {
        const failure = databaseFailure(thrown) ?? appError('database-failed', { sqlite: 'journal head' });
        throw new DatabaseFailure(failure, thrown);
      }
    },
    copyHead,
    close: () => {
      stopCheckpoints();
      cancelSoon?.();
      isClosed = true;
      tryToWrite();
      if (copyDue) copyHead();
    },
    head: () => written,
    trusted: () => trusted,
  };
}
