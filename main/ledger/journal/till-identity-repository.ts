import { type Actor, actorText, theProgram } from '../../kernel/actor.ts';
import type { Db } from '../../kernel/database/open.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Random } from '../../kernel/ports.ts';
import type { JournalRepository } from './journal-repository.ts';
import {
  EPOCH,
  EPOCH_ENDED,
  EPOCH_MET,
  type EpochReason,
  epochOf,
  judgeMet,
  lineOf,
  type Met,
  type MetTill,
  type TillLine,
} from './till-line.ts';

/** Which till this is, and which part of its way it is on: made, never typed. */
export interface TillIdentity {
  /** 16 hex digits, the same in every backup; null where the journal is empty because its key is lost. */
  readonly tillId: string | null;
  /** 16 hex digits, another one after each restore, move or new machine; null with the id. */
  readonly epoch: string | null;
  /** All that this journal knows as its own, the present one last. */
  readonly epochs: readonly string[];
  isOfMyLine(epoch: string): boolean;
  /** Those, and its own ways that a restore has ended; none of a copy on another computer. */
  readonly ownEpochs: readonly string[];
  /** Its own from the one on in which the newest attempt of this entry ended. */
  epochsSinceEnd(sequence: number): readonly string[];
  /** From here on the way is a new one: journaled at once. Nothing happens while the journal's key is lost. */
  begin(why: EpochReason, who: Actor): void;
  /** What something that was read says of the till that wrote it. `other-till` where this one's id is not known. */
  judge(met: MetTill): Met;
  /** Epochs of copies that a manager has not answered for yet. */
  readonly open: readonly string[];
  /** A copy was met: journaled once, unless it is known by then. `where` it was. */
  meet(epoch: string, where: string): void;
  /** These are not gone on with: journaled, each once, and not asked about again. Its own are left out. */
  end(epochs: readonly string[], who: Actor): void;
}

/**
 * The line of a journal as it lies in a database: this till's, or a file's. Rows of a chain whose key is lost count as
 * well, for it is the same till; a row that was altered is told by the journal itself. Null where there is no row.
 */
export function readTillLine(db: Pick<Db, 'prepare'>): TillLine | null {
  // A plain row: the simulator's database plucks none.
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
  // Two statements: in one, the notes would be walked through for every row of the entry.
  const endOf = db.prepare(`SELECT MAX(number) AS number FROM journal WHERE entry = ? AND event = 'ended'`);
  const begunAfter = db.prepare(
    `SELECT COUNT(*) AS epochs FROM journal WHERE entry IS NULL AND event = 'noted' AND reason = ? AND number > ?`,
  );
  const note = (reason: string, who: Actor, content: object) => {
    // Whatever takes the row back, takes what it says back with it.
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
    judge: (met) => {
      const known = now();
      return known === null ? 'other-till' : judgeMet(known, met);
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
