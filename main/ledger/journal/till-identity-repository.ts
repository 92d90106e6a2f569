import { type Actor, actorText, theProgram } from '../../kernel/actor.ts';
import type { Db } from '../../kernel/database/open.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Random } from '../../kernel/ports.ts';
import type { JournalRepository } from './journal-repository.ts';
import {
  compareMet,
  EPOCH,
  EPOCH_ENDED,
  EPOCH_MET,
  type EpochReason,
  epochOf,
  lineOf,
  type Met,
  type MetTill,
  type TillLine,
} from './till-line.ts';

/** Which till this is and which epoch it is in; drawn, never typed. */
export interface TillIdentity {
  /** 16 hex digits, the same in every backup; null if the journal is empty because its key is lost. */
  readonly tillId: string | null;
  /** 16 hex digits, drawn anew at each restore, move or new machine; null like the id. */
  readonly epoch: string | null;
  /** The journal's own epochs, the current one last. */
  readonly epochs: readonly string[];
  isOfMyLine(epoch: string): boolean;
  /** Also its own epochs that a restore ended; no clone's. */
  readonly ownEpochs: readonly string[];
  /** Own epochs from the one in which this entry's last attempt ended. */
  epochsSinceEnd(sequence: number): readonly string[];
  /** Begins a new epoch, journaled at once. Does nothing while the journal key is lost. */
  begin(why: EpochReason, who: Actor): void;
  /** Which till wrote what was read; `other-till` if this till's id is unknown. */
  compare(met: MetTill): Met;
  /** Epochs of clones that wait for a manager's answer. */
  readonly open: readonly string[];
  /** Journals a clone once; `where` says where it was seen. */
  meet(epoch: string, where: string): void;
  /** Journals once each that these epochs have ended; skips own ones. */
  end(epochs: readonly string[], who: Actor): void;
}

/**
 * Reads a journal's line from this till's database or a file. Includes chains whose key is lost: it is the same till.
 * Null for an empty journal.
 */
export function readTillLine(db: Pick<Db, 'prepare'>): TillLine | null {
  // Not `pluck`, which the simulator's database lacks.
  const row = db.prepare('SELECT lower(hex(mac)) AS mac FROM journal WHERE number = 1').get();
  const first = (row as { readonly mac: string } | undefined)?.mac;
  if (typeof first !== 'string') return null;
  const notes = db
    .prepare(
      `SELECT reason, content FROM journal WHERE entry IS NULL AND event = 'noted' AND reason IN (?, ?, ?) ORDER BY number`,
    )
    .all(EPOCH, EPOCH_MET, EPOCH_ENDED) as { reason: string; content: string }[];
  return lineOf(
    first,
    notes.map(({ reason, content }) => ({ reason, content: readJson(content) })),
  );
}

/** Cached from the first use: nothing else writes epochs while a till is open. */
export function createTillIdentity(
  db: Db,
  journal: Pick<JournalRepository, 'append'> | null,
  random: Pick<Random, 'bytes'>,
): TillIdentity {
  let line: TillLine | null = null;
  const now = (): TillLine | null => {
    line ??= readTillLine(db);
    return line;
  };
  // Two statements: one would scan the notes for every row of the entry.
  const endOf = db.prepare(`SELECT MAX(number) AS number FROM journal WHERE entry = ? AND event = 'ended'`);
  const begunAfter = db.prepare(
    `SELECT COUNT(*) AS epochs FROM journal WHERE entry IS NULL AND event = 'noted' AND reason = ? AND number > ?`,
  );
  const note = (reason: string, who: Actor, content: object) => {
    // Dropped, since the row may be rolled back.
    line = null;
    journal?.append({ event: 'noted', actor: actorText(who), reason, content });
  };
  return {
    get tillId() {
      return now()?.tillId ?? null;
    },
    get epoch() {
      const known = now();
      return known === null ? null : epochOf(known);
    },
    get epochs() {
      return now()?.epochs ?? [];
    },
    get ownEpochs() {
      const { epochs = [], ended = [], endedCopies = [] } = now() ?? {};
      return [...epochs, ...ended.filter((epoch) => !endedCopies.includes(epoch))];
    },
    isOfMyLine: (epoch) => now()?.epochs.includes(epoch) ?? false,
    epochsSinceEnd: (sequence) => {
      const { number } = endOf.get(sequence) as { readonly number: number | null };
      const { epochs: begun } = begunAfter.get(EPOCH, number ?? 0) as { readonly epochs: number };
      return now()?.epochs.slice(-1 - begun) ?? [];
    },
    begin: (why, who) => {
      const known = now();
      if (known === null || journal === null) return;
      note(EPOCH, who, { epoch: random.bytes(8).toString('hex'), parent: epochOf(known), why });
    },
    compare: (met) => {
      const known = now();
      return known === null ? 'other-till' : compareMet(known, met);
    },
    get open() {
      return now()?.open ?? [];
    },
    meet: (epoch, where) => {
      const known = now();
      if (known === null || [known.epochs, known.ended, known.open].some((of) => of.includes(epoch))) return;
      note(EPOCH_MET, theProgram, { epoch, where });
    },
    end: (epochs, who) => {
      for (const epoch of new Set(epochs)) {
        const known = now();
        if (known === null || known.epochs.includes(epoch) || known.ended.includes(epoch)) continue;
        note(EPOCH_ENDED, who, { epoch });
      }
    },
  };
}
