import type { Amount } from '../../preload/contract/index.ts';
import { type Actor, actorText, theProgram } from './actor.ts';
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

/** Null while its key is lost: then no shift is open that could tell of it. */
type Journal = Pick<JournalRepository, 'append'> | null;

/** Written before the pulse leaves: an opening that is not told would be worse than one that the printer swallowed. */
export const noteOpening = (journal: Journal, cause: OpeningCause, who: Actor = theProgram): void =>
  journal?.append({ event: 'noted', actor: actorText(who), reason: DRAWER_OPENED, content: cause });

export const notePaper = (journal: Journal, sequence: number): void =>
  journal?.append({ event: 'noted', actor: '', reason: PAPER_HANDED_OUT, content: { entry: sequence } });
