import { z } from 'zod';
import { amountSchema } from '../../preload/contract/index.ts';
import type { SumsInReply } from './next-reply.ts';

const sumsSchema = z.object({ balance: amountSchema.nullable(), point: amountSchema.nullable() });

/** What was known of a member, and the sums that do not fit it; null if not reported. */
export interface SumsSeen {
  readonly known: SumsInReply;
  readonly read: SumsInReply;
}

const seenSchema = z.object({ known: sumsSchema, read: sumsSchema });
/** The format of older versions, which a database may still have. */
const olderSchema = z
  .object({ believed: sumsSchema, before: sumsSchema })
  .transform(({ believed, before }): SumsSeen => ({ known: believed, read: before }));

/** The sums of a suspicion or an odd-sums note; null if unreadable. */
export function sumsSeenIn(content: unknown): SumsSeen | null {
  const parsed = z.union([seenSchema, olderSchema]).safeParse(content);
  return parsed.success ? parsed.data : null;
}

export const isOlderContent = (content: unknown): boolean => olderSchema.safeParse(content).success;
