import { type AppError, appError } from '../../../preload/contract/index.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { type JournalRepository, notePaper } from '../../ledger/journal/index.ts';

/** How many papers of each entry were begun, so that a copy says that it is one. */
export interface Papers {
  of(sequence: number): number;
  /**
   * Right before one leaves, in a transaction of the caller: of one that is not settled the journal is told. Where it throws none
   * may leave: the note cannot be made, or `PaperIsStale`.
   */
  add(sequence: number, paper: BegunPaper): void;
}

export interface BegunPaper {
  /** As it was drawn its entry was not settled. */
  readonly isOpen: boolean;
  /** As the entry is now. */
  readonly isGivenBack: boolean;
}

/** While the printer or a person was asked, the entry was refused or cancelled: no paper says that it is on its way. */
export class PaperIsStale extends Error {
  readonly appError: AppError = appError('entry-changed');
}

/** One character an entry, and a row for so many: however old a till is, a print writes as little as on its first day. */
const ENTRIES_A_ROW = 500;
const MOST = 35;

export function createPapers(settings: Settings, journal: Pick<JournalRepository, 'append'> | null): Papers {
  const keyOf = (sequence: number) => `receipts.papers.${Math.floor(sequence / ENTRIES_A_ROW)}`;
  const read = (sequence: number) => {
    const kept = settings.get(keyOf(sequence)) ?? '';
    return /^[0-9a-z]*$/.test(kept) ? kept : '';
  };
  const of = (sequence: number): number => {
    const count = read(sequence)[sequence % ENTRIES_A_ROW];
    return count === undefined ? 0 : Number.parseInt(count, 36);
  };
  return {
    of,
    add: (sequence, { isOpen, isGivenBack }) => {
      if (isOpen && isGivenBack) throw new PaperIsStale();
      const at = sequence % ENTRIES_A_ROW;
      const row = read(sequence).padEnd(at + 1, '0');
      const count = Math.min(of(sequence) + 1, MOST).toString(36);
      settings.set(keyOf(sequence), `${row.slice(0, at)}${count}${row.slice(at + 1)}`);
      if (isOpen) notePaper(journal, sequence);
    },
  };
}
