import { type EntryState, negateAmount } from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import { fromScaled } from '../../kernel/scaled.ts';
import type { AttemptRow, RecordedEntry } from '../entry-types.ts';
import { firstRequest } from '../shown/entry-line.ts';
import type { Increment } from '../types.ts';
import { attemptsOfEntry, entrySelection, entrySource } from './entry-tables.ts';
import { factsReader } from './fact-columns.ts';

/** Refused, and nobody has acknowledged it; of the rows of `entrySource`. */
export const isUnacknowledged = "(i.state = 'rejected' AND i.acknowledged = 0)";

/**
 * What the tables have of an entry (`entry-tables.ts`), with what others say of it. What corrects an entry that was taken
 * back already names it by its doubt.
 */
export const incrementColumns = `
  ${entrySelection},
  (SELECT COUNT(*) FROM attempt WHERE attempt.entry = i.sequence) AS attempts,
  (SELECT c.sequence FROM increment c WHERE c.id = COALESCE(i.corrects, CASE WHEN ${firstRequest} GLOB 'correct:*'
    THEN (SELECT d.increment_id FROM doubt d WHERE d.id = substr(${firstRequest}, 9, 36)) END)) AS corrects_sequence,
  (SELECT CASE
      WHEN r.balance_increment_e4 = -i.balance_increment_e4 AND r.point_increment_e4 = -i.point_increment_e4 THEN 'whole'
      WHEN r.kind = 'reversal' AND i.kind <> 'reversal' THEN 'part' ELSE 'again' END || ' ' || r.state || ' ' || r.sequence
      || ' ' || r.balance_increment_e4 || ' ' || r.point_increment_e4 FROM increment r
    WHERE r.corrects = i.id AND r.state NOT IN ('rejected', 'cancelled')) AS corrected_by`;

/** Of an entry whose account or customer somebody took out, what that said is not known. */
type Elsewhere = 'till' | 'account_host' | 'account_app_id' | 'customer_number' | 'customer_name';

export interface IncrementRow
  extends Omit<RecordedEntry, Elsewhere | 'attempts'>,
    Readonly<Record<Elsewhere, string | null>> {
  readonly attempts: number;
  readonly corrects_sequence: number | null;
  /** How, state, sequence and amounts of the entry that takes this one back. */
  readonly corrected_by: string | null;
}

/** What was missing and is credited again corrects an entry too, and takes nothing back. */
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

const factsOf = factsReader<Increment>([
  ...(['attempts', 'correctsSequence', 'takenBack', 'corrected', 'unacknowledged'] as const),
]);

/** What the tables say of others that an entry has to do with. */
type OfOthers = Pick<IncrementRow, 'corrects_sequence' | 'corrected_by'>;

function incrementOf(
  row: Omit<IncrementRow, 'attempts' | keyof OfOthers>,
  attempts: number,
  { corrects_sequence, corrected_by }: OfOthers,
): Increment {
  const found = factsOf(row);
  found.attempts = attempts;
  found.correctsSequence = corrects_sequence;
  found.takenBack = takenBackOf(corrected_by);
  found.corrected = corrected_by !== null;
  found.unacknowledged = row.state === 'rejected' && row.acknowledged === 0;
  return found;
}

export const toIncrement = (row: IncrementRow): Increment => incrementOf(row, row.attempts, row);

/** An entry as the tables hold it, with what they say of the others that it has to do with: no step of its own changes that. */
export interface HeldEntry {
  readonly entry: RecordedEntry;
  readonly ofOthers: OfOthers;
}

/** Reads an entry by its id for the step that it is about to take; null where it is gone. */
export function createHeldReader(db: Db): (id: string) => HeldEntry | null {
  const one = db.prepare(`SELECT ${incrementColumns} FROM ${entrySource} WHERE i.id = ?`);
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

/** What a held entry is after its step, as it was folded: nothing is read again. */
export const heldAfter = ({ ofOthers }: HeldEntry, after: RecordedEntry): Increment =>
  incrementOf(after, after.attempts.length, ofOthers);
