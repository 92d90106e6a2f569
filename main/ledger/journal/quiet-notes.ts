import { type Amount, appError } from '../../../preload/contract/index.ts';
import { type Actor, actorText, theProgram } from '../../kernel/actor.ts';
import { DatabaseFailure } from '../../kernel/database/failure.ts';
import type { JournalRepository } from './journal-repository.ts';

// What a cashier could do unnoticed, as journal notes: these survive restarts and backups and cannot be deleted
// unnoticed.

export const DRAWER_OPENED = 'drawer opened';
/** A receipt of an unsettled entry was begun. */
export const PAPER_HANDED_OUT = 'paper handed out';

export type OpeningCause =
  | { readonly cause: 'entry'; readonly entry: number }
  | { readonly cause: 'paid-in' | 'paid-out'; readonly sum: Amount }
  | { readonly cause: 'no-sale' };

/** Null while its key is lost or locked. */
type Journal = Pick<JournalRepository, 'append'> | null;

/** Written before the pulse: a note too many is better than an opening without one. */
export function noteOpening(journal: Journal, cause: OpeningCause, who: Actor = theProgram): void {
  if (journal === null) throw new DatabaseFailure(appError('key-lost'), null);
  journal.append({ event: 'noted', actor: actorText(who), reason: DRAWER_OPENED, content: cause });
}

/** Written before printing: without it the money could be given back unnoticed. */
export function notePaper(journal: Journal, sequence: number): void {
  if (journal === null) throw new DatabaseFailure(appError('receipt-not-noted'), null);
  journal.append({ event: 'noted', actor: '', reason: PAPER_HANDED_OUT, content: { entry: sequence } });
}

/** SQL over `journal j`: the entry that a note names. An altered note may be no JSON; it names none. */
export const notedEntry = "CASE WHEN json_valid(j.content) THEN json_extract(j.content, '$.entry') END";

export const noteOf = (reason: string): string =>
  `j.entry IS NULL AND j.event = 'noted' AND j.reason = '${reason}'`;

/**
 * SQL over `increment i`: refused or cancelled, and not replaced, after a receipt was handed out. An imported entry
 * always has one. Notes up to row `afterRow` are ignored.
 */
export const isGivenBackAfterPaper = (afterRow = '0'): string =>
  `i.state IN ('rejected', 'cancelled') AND i.cause IS NOT 'replaced'
     AND (i.origin_number IS NOT NULL OR i.sequence IN (
       SELECT ${notedEntry} FROM journal j WHERE ${noteOf(PAPER_HANDED_OUT)} AND j.number > ${afterRow}))`;
