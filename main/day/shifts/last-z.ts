import { compareAmounts, zeroAmount } from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import { zBoundsSchema, zNoteSchema } from './shift-record.ts';

export interface LastZ {
  readonly number: number;
  readonly closedAtMs: number;
  /** Null where nothing was counted, or this version cannot read it. */
  readonly hasVariance: boolean | null;
}

/** The newest Z as written, without its key and so without proof; null where there is none that can be read. */
export function lastZIn(db: Pick<Db, 'prepare'>): LastZ | null {
  const row = db
    .prepare(
      `SELECT content FROM journal WHERE entry IS NULL AND event = 'noted' AND reason = 'z report'
       ORDER BY number DESC LIMIT 1`,
    )
    .get() as { content: string } | undefined;
  const content = readJson(row?.content ?? null);
  const bounds = zBoundsSchema.safeParse(content);
  if (!bounds.success) return null;
  const { number, atMs } = bounds.data.report;
  const counted = zNoteSchema
    .safeParse(content)
    .data?.report.tenders.flatMap(({ variance }) => variance ?? []);
  const hasVariance =
    counted === undefined || counted.length === 0
      ? null
      : counted.some((variance) => compareAmounts(variance, zeroAmount) !== 0);
  return { number, closedAtMs: atMs, hasVariance };
}
