import { PAPER_HANDED_OUT } from '../journal/quiet-notes.ts';

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
