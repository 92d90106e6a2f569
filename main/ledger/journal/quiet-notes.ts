import { type Amount, appError } from '../../../preload/contract/index.ts';
import { type Actor, actorText, theProgram } from '../../kernel/actor.ts';
import { DatabaseFailure } from '../../kernel/database/failure.ts';
import type { JournalRepository } from './journal-repository.ts';

// What a cashier can do quietly, as notes of the journal: it survives a restart and a backup, and cannot be taken out unseen.

/** The drawer was opened; a note of before says nothing else, and was without a sale. */
export const DRAWER_OPENED = 'drawer opened';
/** A paper of an entry that is not settled was begun. */
export const PAPER_HANDED_OUT = 'paper handed out';

/** What the drawer is opened for. */
export type OpeningCause =
  | { readonly cause: 'entry'; readonly entry: number }
  | { readonly cause: 'paid-in' | 'paid-out'; readonly sum: Amount }
  | { readonly cause: 'no-sale' };

/** Null while its key is lost or locked away. */
type Journal = Pick<JournalRepository, 'append'> | null;

/** Written before the pulse leaves: an opening that is not told would be worse than one that the printer swallowed. */
export function noteOpening(journal: Journal, cause: OpeningCause, who: Actor = theProgram): void {
  if (journal === null) throw new DatabaseFailure(appError('key-lost'), null);
  journal.append({ event: 'noted', actor: actorText(who), reason: DRAWER_OPENED, content: cause });
}

/** Written before the paper leaves: of one that nobody noted, the money could be given back unseen. */
export function notePaper(journal: Journal, sequence: number): void {
  if (journal === null) throw new DatabaseFailure(appError('receipt-not-noted'), null);
  journal.append({ event: 'noted', actor: '', reason: PAPER_HANDED_OUT, content: { entry: sequence } });
}

/** The entry that a note of the till names, as SQL over `journal j`. One that somebody altered may be no JSON, and names none. */
export const notedEntry = "CASE WHEN json_valid(j.content) THEN json_extract(j.content, '$.entry') END";

export const noteOf = (reason: string): string =>
  `j.entry IS NULL AND j.event = 'noted' AND j.reason = '${reason}'`;

/**
 * Given back after a paper of it was handed out, as SQL over `increment i`: refused or cancelled, and not sent anew under
 * another number. What a receipt brought has its paper by its nature. Notes up to `afterRow` are not looked at.
 */
export const isGivenBackAfterPaper = (afterRow = '0'): string =>
  `i.state IN ('rejected', 'cancelled') AND i.cause IS NOT 'replaced'
     AND (i.origin_number IS NOT NULL OR i.sequence IN (
       SELECT ${notedEntry} FROM journal j WHERE ${noteOf(PAPER_HANDED_OUT)} AND j.number > ${afterRow}))`;
