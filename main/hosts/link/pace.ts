import { z } from 'zod';
import { MOST_TILLS } from '../../../preload/contract/index.ts';
import type { Numbering } from '../send-second.ts';

/** So long a till may wait for its turn: what is told beyond that is a mistake, and would hold entries for days. */
export const LONGEST_ROUND_MS = 3_600_000;

/**
 * The part of what KYBIO allows the chain that turns take. The rest is for what takes no turn (look-ups at the counter, fresh top-ups, asking after
 * lost replies) and for clocks that agree only to the second.
 */
export const SHARE = 0.88;

const paceParts = z
  .object({
    /** What KYBIO allows the whole chain. */
    callsASecond: z.number().positive().max(100_000),
    /** How many tills share it, 1 to a million. */
    tills: z.number().int().min(1).max(MOST_TILLS),
    /** Which of them this one is. */
    till: z.number().int().min(1),
  })
  .strict();

/** What a till knows of its chain: tills that cannot hear each other share a rate only where they know of it. */
export type Pace = z.infer<typeof paceParts>;

/** From one turn of a till to its next, where one call is made a turn. */
export const roundMs = ({ callsASecond, tills }: Pick<Pace, 'callsASecond' | 'tills'>): number =>
  (tills * 1_000) / (callsASecond * SHARE);

/** As a till is told it: of so many tills as its account has, and in the place of its number, where nothing else is said. */
export const toldPaceSchema = paceParts
  .partial({ tills: true, till: true })
  .refine(({ till = 1, tills = till }) => till <= tills, { path: ['till'] })
  .refine(({ callsASecond, tills = 1 }) => roundMs({ callsASecond, tills }) <= LONGEST_ROUND_MS, {
    path: ['callsASecond'],
  });
export type ToldPace = z.infer<typeof toldPaceSchema>;

export const paceSchema = paceParts
  .refine(({ till, tills }) => till <= tills, { path: ['till'] })
  .refine((pace) => roundMs(pace) <= LONGEST_ROUND_MS, { path: ['callsASecond'] });

/** The same with what was not said; refused where its parts do not fit each other. */
export const wholePace = (told: ToldPace, own: Numbering) =>
  paceSchema.safeParse({ ...told, tills: told.tills ?? own.tillCount, till: told.till ?? own.tillNumber });

/** By which a till takes its turns; null where it was told none, or none that can be. */
export const paceOf = ({
  pace,
  ...own
}: Numbering & { readonly pace?: ToldPace | undefined }): Pace | null =>
  pace === undefined ? null : (wholePace(pace, own).data ?? null);
