import { amount, type EntryState, noSums, type OpenedLine } from '../../../preload/contract/index.ts';
import { readActor, shownActor } from '../../kernel/actor.ts';
import type { Db } from '../../kernel/database/open.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import { fromScaled } from '../../kernel/scaled.ts';
import {
  DRAWER_OPENED,
  isGivenBackAfterPaper,
  notedEntry,
  noteOf,
  PAPER_HANDED_OUT,
} from '../../ledger/journal/index.ts';
import type { FigureGroup, GivenBackAfter } from './figures.ts';

/** What journal notes say of the drawer and of receipts (`quiet-notes.ts`). */
export interface QuietRepository {
  /** Openings of the drawer after this journal row. */
  openings(afterRow: number): readonly FigureGroup[];
  /** Entries of the range, and of `earlier`, that were given back after their receipt. */
  afterPaper(
    range: { readonly from: number; readonly to: number },
    earlier: readonly number[],
  ): readonly GivenBackAfter[];
  wasHandedOut(sequence: number): boolean;
}

/** Receipts are never older than the entry's first row. */
const firstRowOf = (sequence: string): string =>
  `(SELECT COALESCE(MIN(f.number), 0) FROM journal f WHERE f.entry = ${sequence})`;

interface EntryOpenings {
  readonly cashier: string;
  readonly personId: string | null;
  readonly state: EntryState;
  readonly reversal: number;
  readonly entries: number;
  readonly principal: string;
}

const openedFor: Readonly<Record<string, OpenedLine>> = {
  'paid-in': 'opened-paid-in',
  'paid-out': 'opened-paid-out',
};

/** Only an altered note has none. */
const isSum = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{1,12}(\.\d{1,4})?$/.test(text);

const none = { ...noSums, tender: 'cash', hour: 0 } as const;

export function createQuietRepository(db: Db): QuietRepository {
  const forEntries = db.prepare(
    `SELECT COALESCE(i.cashier, '') AS cashier, i.person_id AS personId,
       CASE WHEN i.state IN ('rejected', 'cancelled') AND i.cause IS NOT 'replaced' THEN 'cancelled' ELSE 'confirmed' END
         AS state,
       COALESCE(i.kind = 'reversal', 0) AS reversal, COUNT(*) AS entries,
       CAST(COALESCE(SUM(i.balance_increment_e4 - COALESCE(i.bonus_e4, 0)), 0) AS TEXT) AS principal
     FROM journal j LEFT JOIN increment i ON i.sequence = ${notedEntry}
     WHERE ${noteOf(DRAWER_OPENED)} AND j.number > ? AND ${notedEntry} IS NOT NULL GROUP BY 1, 2, 3, 4
     ORDER BY MIN(j.number)`,
  );
  const others = db.prepare(
    `SELECT j.actor, j.content FROM journal j WHERE ${noteOf(DRAWER_OPENED)} AND j.number > ? AND ${notedEntry} IS NULL
     ORDER BY j.number`,
  );
  const after = db.prepare(
    `SELECT i.sequence, i.person_id AS personId, i.kind = 'reversal' AS reversal,
       (SELECT d.actor FROM journal d WHERE d.entry = i.sequence AND d.event IN ('cancelled', 'decided', 'ended')
        ORDER BY d.number DESC LIMIT 1) AS actor
     FROM increment i
     WHERE (i.sequence BETWEEN @from AND @to OR i.sequence IN (SELECT value FROM json_each(@earlier)))
       AND ${isGivenBackAfterPaper(firstRowOf('@first'))}
     ORDER BY i.sequence`,
  );
  const handedOut = db.prepare(
    `SELECT 1 FROM journal j
     WHERE ${noteOf(PAPER_HANDED_OUT)} AND j.number > ${firstRowOf('@sequence')} AND ${notedEntry} = @sequence LIMIT 1`,
  );
  return {
    openings: (afterRow) => [
      ...(forEntries.all(afterRow) as EntryOpenings[]).map(
        ({ reversal, principal, ...of }): FigureGroup => ({
          ...none,
          ...of,
          line: 'opened-entry',
          isReversal: reversal === 1,
          principal: fromScaled(principal),
        }),
      ),
      ...(others.all(afterRow) as { actor: string; content: string }[]).map(
        ({ actor, content }): FigureGroup => {
          const { cause, sum } = (readJson(content) ?? {}) as { cause?: unknown; sum?: unknown };
          const line = openedFor[String(cause)] ?? 'opened-no-sale';
          const who = readActor(actor);
          return {
            ...none,
            line,
            state: 'confirmed',
            isReversal: false,
            entries: 1,
            cashier: shownActor(who),
            personId: who.id ?? null,
            tender: line === 'opened-no-sale' ? null : 'cash',
            principal: isSum(sum) ? amount(sum) : noSums.principal,
          };
        },
      ),
    ],
    afterPaper: ({ from, to }, earlier) => {
      const first = Math.min(from, ...earlier);
      const rows = after.all({ from, to, first, earlier: JSON.stringify(earlier) }) as (Omit<
        GivenBackAfter,
        'by' | 'isReversal'
      > & { readonly reversal: number; readonly actor: string | null })[];
      return rows.map(({ reversal, actor, ...row }) => ({
        ...row,
        isReversal: reversal === 1,
        by: actor === null || actor === '' ? null : shownActor(readActor(actor)),
      }));
    },
    wasHandedOut: (sequence) => handedOut.get({ sequence }) !== undefined,
  };
}
