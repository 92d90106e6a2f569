import { type EntryState, entryStates } from '../../preload/contract/index.ts';
import type { HostProtocol, Signer } from '../hosts/port/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { createSeals } from '../kernel/database/seals.ts';
import type { Clock } from '../kernel/ports.ts';
import { ignoreProgress, inPercent, type OnProgress } from '../kernel/progress.ts';
import { auditJournal, type Increment, type OutboxRepository } from '../ledger/index.ts';
import {
  type ChainHead,
  createHeadSlots,
  createJournalRepository,
  isNewer,
} from '../ledger/journal/index.ts';
import { SEALED } from './records-at-start.ts';

export interface Verification {
  readonly ok: boolean;
  readonly entries: number;
  readonly states: Record<EntryState, number>;
  /** `otherKey`: signed with another key, which cannot be verified. */
  readonly signatures: { valid: number; invalid: number; otherKey: number };
  /** Null without the journal key. */
  readonly journal: {
    readonly rows: number;
    readonly ok: boolean;
    /** The first row that is missing, altered, or of a missing entry. */
    readonly firstBroken: number | null;
  } | null;
  /** In words, each naming its entry; empty when all is well. */
  readonly problems: readonly string[];
}

/** Where checkpoints are, and the journal key. */
export interface WhereHeadsLie {
  readonly key: Buffer;
  readonly slotFolder: string;
  readonly copyFolder: string;
}

/** The checkpoint beside the database and its copy; null where none is authentic. */
export interface JournalHeads {
  readonly key: Buffer;
  readonly near: ChainHead | null;
  readonly far: ChainHead | null;
}

export const readHeads = ({ key, slotFolder, copyFolder }: WhereHeadsLie): JournalHeads => ({
  key,
  near: createHeadSlots(slotFolder, key).read(),
  far: createHeadSlots(copyFolder, key).read(),
});

type Reader = Pick<HostProtocol, 'readIncrement'>;

/** Caches the last entry, whose bytes are read twice in a row. */
function readOnce({ readIncrement }: Reader): Reader {
  let last: { readonly body: Buffer; readonly fields: ReturnType<typeof readIncrement> } | null = null;
  return {
    readIncrement: (body) => {
      if (last?.body !== body) last = { body, fields: readIncrement(body) };
      return last.fields;
    },
  };
}

/**
 * Verifies every row: pages, bytes against columns, signatures, the journal from its first row to its checkpoint,
 * entries against the journal, sealed tables. Reads one database snapshot, also beside a working till; checkpoints are
 * read before it, for a database may be ahead of its checkpoint, never behind.
 */
export const verifyOutbox = (...parts: Parameters<typeof verifyInTransaction>): Verification =>
  parts[0].transaction(() => verifyInTransaction(...parts)).deferred();

function verifyInTransaction(
  db: Db,
  outbox: OutboxRepository,
  signer: Signer | null,
  heads: JournalHeads | null,
  clock: Clock,
  protocol: Reader,
  onProgress: OnProgress = ignoreProgress,
): Verification {
  const problems: string[] = [];
  const known = sum(Object.values(outbox.counts()));
  const { rows } = db.prepare('SELECT COUNT(*) AS rows FROM journal').get() as { rows: number };
  // Pages cost about as much as entries; then entries, journal rows, and entries by them.
  const goOn = inPercent(3 * known + rows, onProgress);
  const states = Object.fromEntries(entryStates.map((state) => [state, 0])) as Record<EntryState, number>;
  const signatures = { valid: 0, invalid: 0, otherKey: 0 };
  const pages = String(db.pragma('integrity_check(1)', { simple: true }));
  if (pages !== 'ok') problems.push(`database: ${pages}`);
  goOn(known);
  if (signer === null) problems.push('the app key is not at hand: no signature could be checked');
  let entries = 0;
  for (const increment of outbox.all()) {
    entries += 1;
    states[increment.state] += 1;
    const verdict = checkEntry(outbox, increment, signer, protocol);
    if (verdict.signature !== null) signatures[verdict.signature] += 1;
    if (verdict.problem !== null) problems.push(`entry ${increment.sequence}: ${verdict.problem}`);
    goOn(1);
  }
  const checked = heads === null ? null : verifyJournal(db, heads, clock, readOnce(protocol), goOn);
  problems.push(...(checked?.problems ?? []));
  const journal = checked?.journal ?? null;
  return { ok: problems.length === 0, entries, states, signatures, journal, problems };
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/** Rows or entries between two progress reports. */
const SLICE = 1_000;

function verifyJournal(
  db: Db,
  { key, near, far }: JournalHeads,
  clock: Clock,
  protocol: Reader,
  goOn: (more: number) => void,
) {
  const journal = createJournalRepository(db, key, clock);
  const trusted = isNewer(far, near) ? far : near;
  const audit = runToEnd(auditJournal({ ...protocol, db, journal, trusted, slice: SLICE }), () =>
    goOn(SLICE),
  );
  const problems = [...audit.problems];
  if (audit.firstBroken !== null) problems.unshift(`journal: broken at row ${audit.firstBroken}`);
  if (audit.rows > 0 && near === null) problems.push('journal: its head outside the database is missing');
  // This checkpoint is in the data folder: restoring the folder as a whole brings one that fits.
  if (near !== null && near.count > 0 && far === null)
    problems.push('journal: the copy of its head outside the data folder is missing');
  if (!journal.isOurs()) problems.push('journal: written under another key');
  const head = journal.head();
  if (trusted !== null && trusted.chain !== head.chain)
    problems.push('journal: its head speaks of another chain');
  const seals = createSeals(db, key);
  if (seals.areMade() || journal.hasNote(SEALED)) {
    for (const table of seals.altered()) problems.push(`table ${table}: altered from outside`);
  }
  const ok = problems.length === 0;
  return { problems, journal: { rows: audit.rows, ok, firstBroken: audit.firstBroken } };
}

function runToEnd<T>(steps: Generator<void, T>, onStep: () => void): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    onStep();
  }
}

interface Verdict {
  readonly signature: 'valid' | 'invalid' | 'otherKey' | null;
  readonly problem: string | null;
}

const ended: ReadonlySet<EntryState> = new Set(['confirmed', 'rejected', 'cancelled']);

function checkEntry(
  outbox: OutboxRepository,
  increment: Increment,
  signer: Signer | null,
  protocol: Reader,
): Verdict {
  const signed = outbox.signedBody(increment.id);
  if (signed === null) return { signature: null, problem: 'has no signed body' };
  const body = protocol.readIncrement(signed.body);
  const fits =
    body !== null &&
    body.customerUid === increment.customerUid &&
    body.balanceIncrement === increment.balanceIncrement &&
    body.pointIncrement === increment.pointIncrement &&
    body.dataChangeTime === increment.dataChangeTime;
  if (!fits) return { signature: null, problem: 'its signed body does not say what its columns say' };
  if (signer === null) return { signature: null, problem: null };
  if (signed.keyFingerprint !== signer.keyFingerprint) {
    // A settled entry keeps its signature; an open one is re-signed before it is sent.
    return { signature: 'otherKey', problem: null };
  }
  if (signer.verify(signed)) return { signature: 'valid', problem: null };
  return {
    signature: 'invalid',
    problem: ended.has(increment.state)
      ? 'its signature is wrong'
      : 'its signature is wrong; it will not be sent',
  };
}
