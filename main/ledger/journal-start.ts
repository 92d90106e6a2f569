import type { Db } from '../kernel/database/open.ts';
import type { ChainHead } from './journal/chain.ts';
import { isNewer } from './journal/head.ts';
import type { JournalKeeperParts, JournalState } from './journal-state.ts';
import { createSignedReader } from './signed-reader.ts';
import { createEntryTables } from './tables/entry-tables.ts';

/** Rows before the trusted head that are checked at start-up as well. */
const TAIL_ROWS = 200;

/** What the start-up found about the journal before anything was written. */
export interface Inspection {
  readonly state: JournalState;
  readonly trusted: ChainHead | null;
  readonly lastBroken: number;
  /** Entries that these rows tell of and the tables have not. */
  readonly gone: readonly number[];
}

export function inspect({ db, journal, slots, copy, logger }: JournalKeeperParts): Inspection {
  const [near, far] = [slots.read(), copy.read()];
  const isOurs = journal.isOurs();
  // A head that our key has sealed says that the rows were written under it too: then they were altered.
  if (!isOurs && near === null && far === null) {
    logger.error('journal.other-key');
    return { state: { kind: 'other-key' }, trusted: null, lastBroken: 0, gone: [] };
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
    if (first === null) return { kind: 'fine' };
    logger.error('journal.broken', { row: first.number, why: first.why });
    return { kind: 'broken', at: first };
  })();
  return { state, trusted, lastBroken, gone: journal.orphans(from, now.count) };
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

/** A new chain takes up what is there already, as it is: of what an older one says nothing can be proven. */
export function openChain(
  { db, journal, recorder, clock, random }: JournalKeeperParts,
  reason: string,
): void {
  const tables = createEntryTables(db);
  const signedOf = createSignedReader(db);
  const sequences = db.prepare('SELECT sequence FROM increment ORDER BY sequence');
  db.transaction(() => {
    // Read first: the bytes stand in the rows of the chain before.
    const entries = (sequences.all() as { sequence: number }[]).map(({ sequence }) => sequence);
    // Two set-ups of one key at one moment are two tills all the same.
    journal.openChain(reason, 'program', random.bytes(8).toString('hex'));
    for (const sequence of entries) {
      const entry = tables.bySequence(sequence);
      if (entry !== null) recorder.adopt(entry, signedOf(sequence), clock.nowMs());
    }
  }).immediate();
}
