import { z } from 'zod';
import { zFileProblems } from '../day/reports.ts';
import { channel } from '../kernel/channel.ts';
import { appErrorSchema } from '../kernel/errors.ts';
import { amountSchema, count, done, managersPin, timeMs } from '../kernel/scalars.ts';
import { reasonsForSomebody, reasonsToLook } from './status-reasons.ts';
import { statusFactsSchema } from './status-report.ts';

/** Why a till's state in the chain's folder is not used. */
export const stateProblems = [
  'foreign',
  'newer',
  'other-account',
  'other-key',
  'cut-off',
  'altered',
  'too-large',
  'link',
  'unreadable',
] as const;
export type StateProblem = (typeof stateProblems)[number];

/** What only the owner sees, who has all tills before them. */
export const reasonsFromAfar = [
  'id-twice',
  'silent',
  'file-not-used',
  'version-behind',
  'shop-behind',
] as const;

export const tillReasons = [...reasonsForSomebody, ...reasonsToLook, ...reasonsFromAfar] as const;
export type TillReason = (typeof tillReasons)[number];

/** As tills are named by their journal. */
export const tillIdSchema = z.string().regex(/^[0-9a-f]{16}$/);
const { entries, lastZ, calls } = statusFactsSchema.shape;

const chainTillSchema = z.object({
  tillId: tillIdSchema,
  /** For people; the id decides. */
  name: z.string().max(200),
  number: count,
  /** The till on which this is read. */
  isHere: z.boolean(),
  result: z.enum(['somebody', 'look', 'well']),
  reasons: z.array(z.enum(tillReasons)),
  /** When it was last heard of. */
  seenAtMs: timeMs,
  /** It has not written for longer than it would, while it is open. */
  isSilent: z.boolean(),
  version: z.string().max(40),
  shopVersion: count.nullable(),
  entries,
  lastZ,
  /** The last Z's; null where nothing was counted. */
  variance: amountSchema.nullable(),
  backupAtMs: timeMs.nullable(),
  calls,
  freeMegabytes: count.nullable(),
});
export type ChainTill = z.infer<typeof chainTillSchema>;

const MOST_TILLS = 300;

const chainTillsSchema = z.object({
  atMs: timeMs,
  /** What somebody has to do something about comes first. */
  tills: z.array(chainTillSchema).max(MOST_TILLS + 1),
  /** Files in the place of a till that this one never heard of. */
  unused: z.array(z.object({ tillId: tillIdSchema, problem: z.enum(stateProblems) })).max(MOST_TILLS),
  /** Numbers of the account's tills under which none was heard of. */
  missing: z.array(count).max(MOST_TILLS),
  /** Zs in the folder that were not taken. */
  refusedZs: z.array(z.object({ tillId: tillIdSchema, problem: z.enum(zFileProblems) })).max(MOST_TILLS),
  /** Why the folder could not be read; then the rest is as it was read before. */
  problem: appErrorSchema.nullable(),
});
export type ChainTills = z.infer<typeof chainTillsSchema>;

export const chainTillsChannels = {
  /** All tills, on the owner's computer. Error: `chain-no-key` on any other. */
  tills: channel(z.object({ pin: managersPin }).strict(), chainTillsSchema, {
    touches: 'live',
    may: 'manager',
  }),
  /** Takes a till that is no more off the list; one that is comes again. */
  dropTill: channel(z.object({ tillId: tillIdSchema, pin: managersPin }).strict(), done, {
    touches: 'live',
    may: 'manager',
  }),
} as const;
