import { z } from 'zod';
import { amountSchema } from '../../preload/contract/index.ts';
import type { SumsInReply } from './next-reply.ts';

const sumsSchema = z.object({ balance: amountSchema.nullable(), point: amountSchema.nullable() });

/** What was known of a member, and what was read or told that does not fit it. A null was not told. */
export interface SumsSeen {
  readonly known: SumsInReply;
  readonly read: SumsInReply;
}

const seenSchema = z.object({ known: sumsSchema, read: sumsSchema });
/** As older versions kept them; one may wait in a database. */
const olderSchema = z
  .object({ believed: sumsSchema, before: sumsSchema })
  .transform(({ believed, before }): SumsSeen => ({ known: believed, read: before }));

/** What a doubt or a note of odd sums holds; null where it cannot be made out. */
export function sumsSeenIn(content: unknown): SumsSeen | null {
  const parsed = z.union([seenSchema, olderSchema]).safeParse(content);
  return parsed.success ? parsed.data : null;
}

export const isOlderContent = (content: unknown): boolean => olderSchema.safeParse(content).success;
