import { z } from 'zod';
import { amountSchema } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { readJson } from '../kernel/database/read-json.ts';
import { fromScaled } from '../kernel/scaled.ts';
import type { Baseline, Increment } from '../ledger/index.ts';
import { entriesOfMember } from '../ledger/tables/index.ts';
import { addSums } from './undecided.ts';

/** What receipts say about an entry; part of its evidence. */
const papersSchema = z.object({
  /** The member's sums before the entry, and their time, according to the printing till. */
  before: z.object({ balance: amountSchema, point: amountSchema, atMs: z.number() }).nullable(),
  /** The receipt that says _confirmed_: its till and number, and when it was scanned here. */
  confirmed: z.object({ till: z.string(), number: z.number(), atMs: z.number() }).nullable(),
});
export type Papers = z.infer<typeof papersSchema>;

const contentSchema = z.object({ papers: papersSchema });

export const noPapers: Papers = { before: null, confirmed: null };

interface StoredPapers {
  of(entryId: string): Papers;
  /**
   * The receipt's sums plus ours confirmed since; null without any, or if one of ours has no reply of its own, so
   * that its order is unknown.
   */
  baseline(increment: Increment): Baseline | null;
}

export function createStoredPapers(db: Db): StoredPapers {
  const content = db.prepare('SELECT content FROM evidence WHERE increment_id = ?');
  const since = db.prepare(
    `SELECT CAST(COALESCE(SUM(i.balance_increment_e4), 0) AS TEXT) AS balance,
       CAST(COALESCE(SUM(i.point_increment_e4), 0) AS TEXT) AS point,
       COALESCE(SUM(NOT EXISTS (SELECT 1 FROM attempt a WHERE a.entry = i.sequence AND a.outcome = 'applied')), 0) AS unclear
     FROM increment i WHERE i.sequence IN (${entriesOfMember('@customerUid')}) AND i.id <> @id AND i.state = 'confirmed'
       AND i.settled_at_ms >= @atMs`,
  );
  const of = (entryId: string): Papers => {
    const row = content.get(entryId) as { content: string } | undefined;
    if (row === undefined) return noPapers;
    const parsed = contentSchema.safeParse(readJson(row.content));
    return parsed.success ? parsed.data.papers : noPapers;
  };
  return {
    of,
    baseline: ({ id, customerUid }) => {
      const { before } = of(id);
      if (before === null) return null;
      const named = { id, customerUid, atMs: before.atMs };
      const ours = since.get(named) as { balance: string; point: string; unclear: number };
      if (ours.unclear > 0) return null;
      const added = { balance: fromScaled(ours.balance), point: fromScaled(ours.point) };
      return { ...addSums(before, added), atMs: before.atMs };
    },
  };
}
