import { z } from 'zod';
import {
  type Amount,
  addAmounts,
  compareAmounts,
  shiftReportSchema,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import { readJson } from '../../kernel/database/read-json.ts';

const zSchema = z.tuple([z.number(), z.number(), z.unknown()]);
const { tenders: tendersSchema } = shiftReportSchema.shape;

export interface LastZ {
  readonly number: number;
  readonly closedAtMs: number;
  /** Null where nothing was counted, or this version cannot read it. */
  readonly hasVariance: boolean | null;
}

/** Only what is needed of it: the whole report of a busy shift takes a tenth of a second to read. */
const NEWEST_Z = `SELECT json_extract(content, '$.report.number', '$.report.atMs', '$.report.tenders') FROM journal
  WHERE entry IS NULL AND event = 'noted' AND reason = 'z report' AND json_valid(content)
  ORDER BY number DESC LIMIT 1`;

interface NewestZ extends Omit<LastZ, 'hasVariance'> {
  /** What was counted short or over, a way to pay each. */
  readonly variances: readonly Amount[];
}

function newestZ(db: Pick<Db, 'prepare'>): NewestZ | null {
  const found = db.prepare(NEWEST_Z).pluck().get() as string | undefined;
  const read = zSchema.safeParse(readJson(found ?? null));
  if (!read.success) return null;
  const [number, closedAtMs, tenders] = read.data;
  const variances = tendersSchema.safeParse(tenders).data?.flatMap(({ variance }) => variance ?? []) ?? [];
  return { number, closedAtMs, variances };
}

/** The newest Z as written, without its key and so without proof; null where there is none that can be read. */
export function lastZIn(db: Pick<Db, 'prepare'>): LastZ | null {
  const found = newestZ(db);
  if (found === null) return null;
  const { number, closedAtMs, variances } = found;
  const isOff = variances.some((variance) => compareAmounts(variance, zeroAmount) !== 0);
  return { number, closedAtMs, hasVariance: variances.length === 0 ? null : isOff };
}

/** What its ways to pay were short or over together; null where nothing was counted. */
export function lastVarianceIn(db: Pick<Db, 'prepare'>): Amount | null {
  const variances = newestZ(db)?.variances ?? [];
  return variances.length === 0 ? null : addAmounts(zeroAmount, ...variances);
}
