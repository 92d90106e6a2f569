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
  /** Looks at head and tail; opens a first chain where there is none. */
  start(): JournalState;
  /** Null when the journal vouches for the entry as the tables have it, else what does not agree. */
  problem(entryId: string): string | null;
  /** Resolves when the head outside the database covers all that is committed; callers together share a write. */
  cover(): Promise<void>;
  /** The same at once; a `DatabaseFailure` where the disk refuses. */
  coverNow(): void;
  /** Writes what the copy outside the data folder lacks. */
  copyHead(): void;
  /** Writes the copy if it is due, and leaves no timer behind. */
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

/** Rows before the trusted head that are checked at start-up as well. */
const TAIL_ROWS = 200;

export function createJournalKeeper(parts: JournalKeeperParts): JournalKeeper {
  const { db, journal, slots, copy, clock, logger } = parts;
  const vouch = createVoucher(db, journal.provenRows);
  let covered: ChainHead = emptyChain(1);
  let copyDue = false;
  let cancelCopy = (): void => undefined;
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
    if (head.chain === covered.chain && head.count === covered.count) return;
    slots.write(head);
    covered = head;
    if (copyDue) return;
    copyDue = true;
    cancelCopy = clock.schedule(COPY_WITHIN_MS, copyHead);
  };

  return {
    start: () => {
      const found = inspect(parts);
      const { state } = found;
      trusted = found.trusted;
      lastBroken = found.lastBroken;
      if (state.kind === 'fine' && journal.head().count === 0) {
        // An empty head first: a crash after the commit and before its head is then no missing head.
        slots.write(emptyChain(1));
        openChain(parts, 'first');
      }
      if (state.kind === 'other-key') openChain(parts, 'the key of the chain before was lost');
      write();
      if (state.kind !== 'fine') copyHead();
      return state;
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

function inspect({ journal, slots, copy, logger }: JournalKeeperParts): Inspection {
  if (!journal.isOurs()) {
    logger.error('journal.other-key');
    return { state: { kind: 'other-key' }, trusted: null, lastBroken: 0 };
  }
  const [near, far] = [slots.read(), copy.read()];
  const trusted = isNewer(far, near) ? far : near;
  const now = journal.head();
  // From the oldest entry that is open: any row since could tell that it was sent.
  const known = trusted?.chain === now.chain ? trusted.count : now.count;
  const from = Math.max(0, Math.min(known - TAIL_ROWS, (journal.firstRowOfOpen() ?? known) - 1));
  const { first, lastBroken } = journal.survey(from);
  const state = ((): JournalState => {
    if (near === null && (far !== null || now.count > 0)) {
      logger.error('journal.head-missing', { rows: now.count });
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

/** A new chain takes up what is there already, as it is. */
function openChain({ db, journal, recorder }: JournalKeeperParts, reason: string): void {
  db.transaction(() => {
    journal.openChain(reason, 'till');
    const rows = db.prepare('SELECT id FROM increment ORDER BY sequence').all() as { id: string }[];
    for (const { id } of rows) recorder.record(id, 'added', 'till', 'adopted');
  }).immediate();
}
