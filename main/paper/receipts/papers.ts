import { type AppError, appError } from '../../../preload/contract/index.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { type JournalRepository, notePaper } from '../../ledger/journal/index.ts';

/** Counts the prints of each entry, so that copies are marked. */
export interface Papers {
  of(sequence: number): number;
  /**
   * Called in the caller's transaction right before a receipt comes out: for an unsettled entry it is journaled. If
   * it throws, nothing may come out: the note cannot be made, or `PaperIsStale`.
   */
  add(sequence: number, paper: BegunPaper): void;
}

export interface BegunPaper {
  /** The entry was unsettled when it was drawn. */
  readonly isOpen: boolean;
  /** Whether the entry is refused or cancelled by now. */
  readonly isGivenBack: boolean;
}

/** Meanwhile the entry was refused or cancelled: no receipt may say that it is on its way. */
export class PaperIsStale extends Error {
  readonly appError: AppError = appError('entry-changed');
}

/** One character per entry, one row per 500: a print on an old till writes no more than on a new one. */
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
