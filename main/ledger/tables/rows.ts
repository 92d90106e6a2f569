import { z } from 'zod';
import { amountSchema, type EntryState, negateAmount } from '../../../preload/contract/index.ts';
import { readActor, shownActor } from '../../kernel/actor.ts';
import type { Db } from '../../kernel/database/open.ts';
import { fromScaled } from '../../kernel/scaled.ts';
import type { AttemptRow, RecordedEntry } from '../entry-types.ts';
import type { Increment } from '../types.ts';
import { type EntryEvent, readEvent, storeEvent } from './entry-events.ts';
import { attemptsOfEntry, entrySelection, entrySource } from './entry-tables.ts';
import { factsReader } from './fact-columns.ts';

/** SQL over `entrySource`: refused and not acknowledged. */
export const isUnacknowledged = "(i.state = 'rejected' AND i.acknowledged = 0)";

/** SQL over `increment i`: settled, and not by a reply to its first attempt; few have more steps or no balance. */
const mayBeDecided = 'i.settled_at_ms IS NOT NULL AND (i.balance_after IS NULL OR i.version > 3)';

/** SQL over `increment i` and `journal j`: the entry's last decision, where that is a manager's and not the till's. */
const isManagersDecision = `j.number = (SELECT MAX(d.number) FROM journal d
    WHERE d.entry = i.sequence AND d.event = 'decided') AND j.actor <> ''`;

/**
 * SQL over `increment i`: no reply of KYBIO's and no evidence confirmed it, but a manager. Whoever sent it again did
 * not: then a reply without sums, or the refusal of a duplicate, confirmed it.
 */
export const isByManager = `(i.state = 'confirmed' AND i.balance_after IS NULL
  AND EXISTS (SELECT 1 FROM journal j WHERE ${isManagersDecision} AND j.content LIKE '["confirmed"%'))`;

const decided = `(SELECT json_array(j.at_ms, j.actor, j.version, j.reason, j.content) FROM journal j
    WHERE ${isManagersDecision})`;

/** An entry's columns, with what other entries say about it. */
const columnsWith = (decidedColumn: string): string => `
  ${entrySelection},
  (SELECT COUNT(*) FROM attempt WHERE attempt.entry = i.sequence) AS attempts,
  (SELECT c.sequence FROM increment c WHERE c.id = i.corrects) AS corrects_sequence,
  (SELECT CASE
      WHEN r.balance_increment_e4 = -i.balance_increment_e4 AND r.point_increment_e4 = -i.point_increment_e4 THEN 'whole'
      WHEN r.kind = 'reversal' AND i.kind <> 'reversal' THEN 'part' ELSE 'again' END || ' ' || r.state || ' ' || r.sequence
      || ' ' || r.balance_increment_e4 || ' ' || r.point_increment_e4 FROM increment r
    WHERE r.corrects = i.id AND r.state NOT IN ('rejected', 'cancelled')) AS corrected_by,
  ${decidedColumn} AS decided`;

export const incrementColumns = columnsWith(`CASE WHEN ${mayBeDecided} THEN ${decided} END`);

/** Null if the customer was deleted. */
type Elsewhere = 'customer_number' | 'customer_name';

export interface IncrementRow
  extends Omit<RecordedEntry, Elsewhere | 'attempts'>,
    Readonly<Record<Elsewhere, string | null>> {
  readonly attempts: number;
  readonly corrects_sequence: number | null;
  /** How, state, sequence and amounts of the correcting entry. */
  readonly corrected_by: string | null;
  /** Time, actor, version, reason and content of its last decision; not read where the till took it. */
  readonly decided: string | null;
}

/** A credit given again is a correction too, but takes nothing back. */
function takenBackOf(correctedBy: string | null): Increment['takenBack'] {
  if (correctedBy === null) return null;
  const [what, state, sequence, balance = '0', point = '0'] = correctedBy.split(' ');
  if (what !== 'whole' && what !== 'part') return null;
  return {
    state: state as EntryState,
    sequence: Number(sequence),
    isWhole: what === 'whole',
    balance: negateAmount(fromScaled(balance)),
    point: negateAmount(fromScaled(point)),
  };
}

const sumsSchema = z.object({ balance: amountSchema, point: amountSchema });
const shownSchema = z.object({
  shown: z.object({ known: sumsSchema.nullable(), read: z.object({ sums: sumsSchema.nullable() }) }),
});

/** One that was replaced is cancelled under its number, and sent under another. */
function answerOf({ state, cause }: Extract<EntryEvent, { event: 'decided' }>) {
  if (state === 'confirmed') return 'arrived';
  return state === 'queued' || cause === 'replaced' ? 'sent' : 'dropped';
}

/** A manager's; null where the till decided. Ignores a row that cannot be read; the audit names it. */
function decisionOf(decided: string | null): Increment['decision'] {
  if (decided === null) return null;
  try {
    const [atMs, actor, version, reason, content] = JSON.parse(decided) as [
      number,
      string,
      number,
      string,
      string,
    ];
    const event = readEvent({ event: 'decided', version, reason, content });
    if (actor === '' || event.event !== 'decided') return null;
    const { data } = shownSchema.safeParse(event.evidence);
    const [known, read] = [data?.shown.known ?? null, data?.shown.read.sums ?? null];
    return { atMs, who: shownActor(readActor(actor)), as: answerOf(event), known, read };
  } catch {
    return null;
  }
}

const factsOf = factsReader<Increment>([
  'attempts',
  'correctsSequence',
  'takenBack',
  'corrected',
  'decision',
  'unacknowledged',
]);

/** A decision as the journal's row tells it. */
export function decidedRow(event: EntryEvent, atMs: number, actor: string): string {
  const { version, reason, content } = storeEvent(event);
  return JSON.stringify([atMs, actor, version, reason, content]);
}

/** What others say about an entry: other entries, and who decided it. */
type OfOthers = Pick<IncrementRow, 'corrects_sequence' | 'corrected_by' | 'decided'>;

function incrementOf(
  row: Omit<IncrementRow, 'attempts' | keyof OfOthers>,
  attempts: number,
  { corrects_sequence, corrected_by, decided }: OfOthers,
): Increment {
  const found = factsOf(row);
  found.attempts = attempts;
  found.correctsSequence = corrects_sequence;
  found.takenBack = takenBackOf(corrected_by);
  found.corrected = corrected_by !== null;
  const isByDecision = row.settled_at_ms !== null && (row.balance_after === null || row.version > 3);
  found.decision = isByDecision ? decisionOf(decided) : null;
  found.unacknowledged = row.state === 'rejected' && row.acknowledged === 0;
  return found;
}

export const toIncrement = (row: IncrementRow): Increment => incrementOf(row, row.attempts, row);

/** An entry as stored, with what others say about it, of which its own steps change the decision alone. */
export interface HeldEntry {
  readonly entry: RecordedEntry;
  readonly ofOthers: OfOthers;
}

/** Reads an entry by id before its next step; null if it is not there. */
export function createHeldReader(db: Db): (id: string) => HeldEntry | null {
  const one = db.prepare(`SELECT ${columnsWith(decided)} FROM ${entrySource} WHERE i.id = ?`);
  const attempts = db.prepare(attemptsOfEntry);
  return (id) => {
    const row = one.get(id) as IncrementRow | undefined;
    if (row === undefined) return null;
    const entry = {
      ...row,
      attempts: row.attempts === 0 ? [] : (attempts.all(row.sequence) as AttemptRow[]),
    };
    return { entry: entry as RecordedEntry, ofOthers: row };
  };
}

/** The entry after its step, as folded: nothing is read again. */
export const heldAfter = ({ ofOthers }: HeldEntry, after: RecordedEntry): Increment =>
  incrementOf(after, after.attempts.length, ofOthers);
