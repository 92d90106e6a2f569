import type { Db } from '../kernel/database/open.ts';
import type { ChainHead } from './journal/chain.ts';
import { isNewer } from './journal/head.ts';
import type { JournalKeeperParts, JournalState } from './journal-state.ts';
import { createSignedReader } from './signed-reader.ts';
import { createEntryTables } from './tables/entry-tables.ts';

/** Rows before the checkpoint that a start verifies too. */
const TAIL_ROWS = 200;

/** What a start found, before anything is written. */
export interface Inspection {
  readonly state: JournalState;
  readonly trusted: ChainHead | null;
  readonly lastBroken: number;
  /** Entries of the verified rows that the tables lack. */
  readonly gone: readonly number[];
}

export function inspect({ db, journal, slots, copy, logger }: JournalKeeperParts): Inspection {
  const [near, far] = [slots.read(), copy.read()];
  const isOurs = journal.isOurs();
  // A checkpoint with our key's MAC proves that the rows had this key too, and were altered.
  if (!isOurs && near === null && far === null) {
    logger.error('journal.other-key');
    return { state: { kind: 'other-key' }, trusted: null, lastBroken: 0, gone: [] };
  }
  const trusted = isNewer(far, near) ? far : near;
  const now = journal.head();
  // Back to the oldest open entry: any row since could say that it was sent.
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

/** What is missing beside these rows: the folder was restored, moved or tampered with. */
function missingHead(
  db: Db,
  near: ChainHead | null,
  far: ChainHead | null,
  now: ChainHead,
): 'head' | 'copy' | 'journal' | null {
  // A copy alone, and empty, is an interrupted first start.
  if (near === null && ((far !== null && far.count > 0) || now.count > 0)) return 'head';
  if (near !== null && near.count > 1 && far === null) return 'copy';
  const hasEntries = () => db.prepare('SELECT 1 AS found FROM increment LIMIT 1').get() !== undefined;
  return now.count === 0 && hasEntries() ? 'journal' : null;
}

/** Adopts the tables' entries into a new chain as they are: an older chain's rows prove nothing any more. */
export function openChain(
  { db, journal, recorder, clock, random }: JournalKeeperParts,
  reason: string,
): void {
  const tables = createEntryTables(db);
  const signedOf = createSignedReader(db);
  const sequences = db.prepare('SELECT sequence FROM increment ORDER BY sequence');
  db.transaction(() => {
    // Read first: the signed bytes are in the older chain's rows.
    const entries = (sequences.all() as { sequence: number }[]).map(({ sequence }) => sequence);
    // Random, so that two set-ups with one key at one moment get different till ids.
    journal.openChain(reason, 'program', random.bytes(8).toString('hex'));
    for (const sequence of entries) {
      const entry = tables.bySequence(sequence);
      if (entry !== null) recorder.adopt(entry, signedOf(sequence), clock.nowMs());
    }
  }).immediate();
}
