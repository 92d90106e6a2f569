import type { Db } from '../database/open.ts';
import { readJson } from '../database/read-json.ts';
import type { Random } from '../ports.ts';
import { type Actor, actorText } from './actor.ts';
import type { JournalRepository } from './journal-repository.ts';
import { EPOCH, type EpochReason, epochOf, lineOf, type TillLine } from './till-line.ts';

/** Which till this is, and which part of its way it is on: made, never typed. */
export interface TillIdentity {
  /** 16 hex digits, the same in every backup; null where the journal is empty because its key is lost. */
  readonly tillId: string | null;
  /** 16 hex digits, another one after each restore, move or new machine; null with the id. */
  readonly epoch: string | null;
  /** All that this journal knows as its own, the present one last. */
  readonly epochs: readonly string[];
  isOfMyLine(epoch: string): boolean;
  /** From here on the way is a new one: journaled at once. Nothing happens while the journal's key is lost. */
  begin(why: EpochReason, who: Actor): void;
}

/**
 * The line of a journal as it lies in a database: this till's, or a file's. Rows of a chain whose key is lost count as
 * well, for it is the same till; a row that was altered is told by the journal itself. Null where there is no row.
 */
export function readTillLine(db: Pick<Db, 'prepare'>): TillLine | null {
  const first = db.prepare('SELECT lower(hex(mac)) FROM journal WHERE number = 1').pluck().get();
  if (typeof first !== 'string') return null;
  const notes = db
    .prepare(
      `SELECT content FROM journal WHERE entry IS NULL AND reason = ? AND event = 'noted' ORDER BY number`,
    )
    .pluck()
    .all(EPOCH);
  return lineOf(
    first,
    notes.map((content) => readJson(String(content))),
  );
}

/** Read at its first use and kept: nothing else writes epochs while a till is open. */
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
    isOfMyLine: (epoch) => now()?.epochs.includes(epoch) ?? false,
    begin: (why, who) => {
      const known = now();
      if (known === null || journal === null) return;
      // Whatever takes the row back, takes the epoch back with it.
      line = null;
      const epoch = random.bytes(8).toString('hex');
      const content = { epoch, parent: epochOf(known), why };
      journal.append({ event: 'noted', actor: actorText(who), reason: EPOCH, content });
    },
  };
}
