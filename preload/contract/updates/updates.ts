import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { appErrorSchema } from '../kernel/errors.ts';
import { done, managersPin, nothing } from '../kernel/scalars.ts';

/** Why a ready version is not installed now, most actionable first. */
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
  /** `off`: this copy has no updates; `offered`: a manager's press downloads it. */
  state: z.enum(['off', 'idle', 'offered', 'downloading', 'ready', 'installing']),
  program: z.string().max(40),
  /** The new version. */
  version: z.string().max(20).nullable(),
  /** The download's size; 0 where there is none. */
  megabytes: z.number().int().min(0).max(10_000),
  percent: z.number().int().min(0).max(100),
  /** The last error; network failures are left out. */
  problem: appErrorSchema.nullable(),
  /** While `ready`. */
  whyNot: z.array(updateBlockerSchema).max(updateBlockers.length),
});
export type UpdateStatus = z.infer<typeof updateStatusSchema>;

export const updateTopics = { update: updateStatusSchema } as const;

/** What the page is busy with: somebody in the middle of something is not interrupted. */
export const pageUseSchema = z.enum(['free', 'form', 'review', 'in-use']);
export type PageUse = z.infer<typeof pageUseSchema>;

export const updates = {
  check: channel(nothing, done, { touches: 'program', may: 'signed-in' }),
  /** Replies when the download has begun; it continues over restarts. */
  download: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'program', may: 'manager' }),
  /** Installs what is ready and restarts the program. */
  installNow: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'program', may: 'manager' }),
  /** Sent by the page at each change. */
  inUse: channel(z.object({ use: pageUseSchema }).strict(), done, { touches: 'nothing', may: 'anyone' }),
} as const;
