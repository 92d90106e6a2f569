import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { appErrorSchema } from '../kernel/errors.ts';
import { done, managersPin, nothing } from '../kernel/scalars.ts';

/** Why a version that is ready is not put in place now; in the order in which a person can do something about it. */
export const updateBlockers = [
  'ending',
  'sending',
  'check-up',
  'form',
  'review',
  'count',
  'administrator',
  'failed-before',
  'not-confirmed',
  'outside-hours',
  'in-use',
] as const;
export const updateBlockerSchema = z.enum(updateBlockers);
export type UpdateBlocker = z.infer<typeof updateBlockerSchema>;

export const updateStatusSchema = z.object({
  /** `off`: this copy gets none. `idle`: there is none. `offered`: a manager's press downloads it. */
  state: z.enum(['off', 'idle', 'offered', 'downloading', 'ready', 'installing']),
  /** The version that runs. */
  program: z.string().max(40),
  /** The version that comes, while there is one. */
  version: z.string().max(20).nullable(),
  /** What its download takes of the line, in whole megabytes; 0 where there is none. */
  megabytes: z.number().int().min(0).max(10_000),
  /** Of its download. */
  percent: z.number().int().min(0).max(100),
  /** Why nothing could be had, or put in place; what only the network is to blame for is not told. */
  problem: appErrorSchema.nullable(),
  /** While it is ready: what holds it back. */
  whyNot: z.array(updateBlockerSchema).max(updateBlockers.length),
});
export type UpdateStatus = z.infer<typeof updateStatusSchema>;

export const updateTopics = { update: updateStatusSchema } as const;

/** What the page is about: somebody in the middle of something is not interrupted. */
export const pageUseSchema = z.enum(['free', 'form', 'review', 'in-use']);
export type PageUse = z.infer<typeof pageUseSchema>;

export const updates = {
  /** Asks now whether there is a newer version. */
  check: channel(nothing, done, { touches: 'program', may: 'signed-in' }),
  /** Downloads what is offered, also over starts of the program; done as soon as that has begun. */
  download: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'program', may: 'manager' }),
  /** Puts in place what is ready, and starts the program anew. */
  installNow: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'program', may: 'manager' }),
  /** The page says what it is about, whenever that has changed. */
  inUse: channel(z.object({ use: pageUseSchema }).strict(), done, { touches: 'nothing', may: 'anyone' }),
} as const;
