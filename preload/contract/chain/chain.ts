import { z } from 'zod';
import { daySchema } from '../counter/rules.ts';
import { channel } from '../kernel/channel.ts';
import { appErrorSchema } from '../kernel/errors.ts';
import { count, done, id, managersPin, timeMs } from '../kernel/scalars.ts';
import { shopChangeSchema } from './shop-changes.ts';
import { signedParts } from './signed-parts.ts';
import { chainTillsChannels } from './tills.ts';

/** More than every setting, rule, person and act there can be. */
const MOST_CHANGES = 300;

const signedPart = z.enum(signedParts);
/** SHA-256. */
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** A configuration that a manager or the clock has still to take over. */
const comingSchema = z.object({
  version: count,
  validFromMs: timeMs,
  changes: z.array(shopChangeSchema).max(MOST_CHANGES),
});

const chainSchema = z.object({
  name: z.string().max(100),
  /** For display only. */
  folder: z.string().max(1_000),
  /** The owner's key, as people compare it: five groups. */
  fingerprint: z.string().max(40),
  /** The configuration by which the till goes; null before the first. */
  taken: z.object({ version: count, atMs: timeMs }).nullable(),
  /** The names of what the owner sets; see `whoSets`. */
  sets: z.array(z.string().max(100)).max(200),
  /** Read, and not taken over yet. */
  next: comingSchema.nullable(),
  /** This computer has the owner's key: what it sets is changed here, and signed. */
  isOwner: z.boolean(),
  /** What the configuration taken says something of. */
  parts: z.array(signedPart),
  /** Why the last look found nothing to go by; null while all is well. */
  problem: appErrorSchema.nullable(),
});

export const chainTopics = {
  /** The chain whose owner sets this till up; null where it is in none. */
  chain: chainSchema.nullable(),
} as const;
export type ShownChain = NonNullable<z.infer<(typeof chainTopics)['chain']>>;

/** A chain's folder that a manager chose, before the till trusts its key. */
const foundSchema = comingSchema.extend({
  /** Valid for the last one found. */
  id,
  name: z.string().max(100),
  folder: z.string().max(1_000),
  fingerprint: z.string().max(40),
});
export type FoundChain = z.infer<typeof foundSchema>;

/** What a new version changes against what was signed last, before it is signed. */
const previewSchema = z.object({
  /** Names what is shown here: signing is refused where it is otherwise by then. */
  shown: digest,
  version: count,
  /** Null: at once. */
  validFromMs: timeMs.nullable(),
  /** The version compared with; null where the folder has none, and all is new. */
  since: count.nullable(),
  /** From when that one is valid; null: at once. While its day has not come, this one replaces it. */
  sinceFromMs: timeMs.nullable(),
  changes: z.array(shopChangeSchema).max(MOST_CHANGES),
  /** In the place of what each till has, and left to each till again. */
  begins: z.array(signedPart),
  ends: z.array(signedPart),
});
export type SigningPreview = z.infer<typeof previewSchema>;

const asked = z
  .object({ parts: z.array(signedPart).min(1), fromDay: daySchema.nullable(), pin: managersPin })
  .strict();

export const chain = {
  /** Asks for a folder with the system's dialog, and shows whose configuration it holds. Null where none was chosen. */
  find: channel(z.object({ pin: managersPin }).strict(), z.object({ found: foundSchema.nullable() }), {
    touches: 'live',
    may: 'manager',
  }),
  /** The manager compared the fingerprint of what was found: from now on its key is trusted, and no other. */
  join: channel(z.object({ id, pin: managersPin }).strict(), done, { touches: 'live', may: 'manager' }),
  /** What was set stays as it is, and is the manager's again. */
  leave: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'live', may: 'manager' }),
  /**
   * Makes the owner's key, and a chain in a folder that is asked for; this till joins it. The code brings the key back on
   * another computer, and is told once. Null where no folder was chosen.
   */
  make: channel(
    z.object({ name: z.string().trim().min(1).max(100), pin: managersPin }).strict(),
    z.object({ made: z.object({ code: z.string().max(40) }).nullable() }),
    { touches: 'live', may: 'manager' },
  ),
  /** What signing would change. */
  preview: channel(asked, previewSchema, { touches: 'live', may: 'manager' }),
  /** Signs what was shown as the next version, for all tills from that store day on, or at once. */
  sign: channel(asked.extend({ shown: digest }), z.object({ version: count }), {
    touches: 'live',
    may: 'manager',
  }),
  /** Takes the owner's key out of the chain's folder by its code. */
  takeKey: channel(z.object({ code: z.string().max(100), pin: managersPin }).strict(), done, {
    touches: 'live',
    may: 'manager',
  }),
  /** Looks into the folder now. Errors: what keeps its configuration from being taken. */
  look: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'live', may: 'manager' }),
  ...chainTillsChannels,
} as const;
