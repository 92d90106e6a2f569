import { z } from 'zod';
import { amountSchema, entryStates } from '../../preload/contract/index.ts';
import type { Baseline } from '../ledger/index.ts';
import type { Sums } from './undecided.ts';

/** What the till knew of a member, and the journal's end when it was stored. */
const storedSchema = z.object({
  balance: amountSchema,
  point: amountSchema,
  atMs: z.number(),
  number: z.number(),
  /** From before a restore, move or rollback; else from before a manager's reading. */
  isFromRestore: z.boolean(),
});

/** An entry of the member that a restore lost, as far as known. */
const lostSchema = z.object({
  atMs: z.number(),
  balance: amountSchema,
  point: amountSchema,
  state: z.enum(entryStates),
});
export type LostRow = z.infer<typeof lostSchema>;

const sideEvidenceSchema = z.object({ known: z.array(storedSchema), lost: z.array(lostSchema) });

/** Evidence that is only shown to a manager: no verdict, baseline or check uses it. */
export type SideEvidence = z.infer<typeof sideEvidenceSchema>;

/** What was known then, plus what was confirmed since. */
export interface EarlierKnown extends Baseline {
  readonly isFromRestore: boolean;
}

export interface EarlierEvidence {
  /** Oldest first. */
  readonly known: readonly EarlierKnown[];
  readonly lost: readonly LostRow[];
}

const contentSchema = z.object({ beside: sideEvidenceSchema });

export function sideEvidenceIn(content: unknown): SideEvidence {
  const parsed = contentSchema.safeParse(content);
  return parsed.success ? parsed.data.beside : { known: [], lost: [] };
}

/** More is of no use to a manager. */
const MOST_KNOWN = 5;

/** Adds what is known now; the oldest say most. Null if nothing is new. */
export function withKnown(
  beside: SideEvidence,
  known: SideEvidence['known'][number] | null,
  lost: readonly LostRow[],
): SideEvidence | null {
  const isNew =
    known !== null &&
    beside.known.length < MOST_KNOWN &&
    !beside.known.some((one) => isSame(one, known) && one.atMs === known.atMs);
  // An interrupted start reports the same again.
  const news = lost.filter((row) => !beside.lost.some((one) => isSame(one, row) && one.atMs === row.atMs));
  if (!isNew && news.length === 0) return null;
  return { known: isNew ? [...beside.known, known] : beside.known, lost: [...beside.lost, ...news] };
}

const isSame = (left: Sums, right: Sums): boolean =>
  left.balance === right.balance && left.point === right.point;
