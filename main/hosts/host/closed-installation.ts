import { z } from 'zod';
import { readJson } from '../../kernel/database/read-json.ts';
import { addDays, storeDay } from '../../kernel/store-time.ts';

// A closed installation: no till of KYBIO, no terminal and no other till changes what its members hold. Whoever
// installs it says so by file, and until when (ADR 55).

/** Where the declaration lies, as JSON of `keptSchema`. */
export const CLOSED_KEY = 'closed-installation';

/** The last day of it lies at most so far ahead: whoever installs the tills is asked anew once a year. */
export const MOST_DAYS_AHEAD = 366;

const keptSchema = z.object({
  /** The last day of the store that it holds, `yyyy-MM-dd`. */
  until: z.iso.date(),
  storeTimeZone: z.string(),
  /** The number of the journal's last row when it was given: what was decided before did not rest on it. */
  since: z.number(),
  /** Null while it was neither seen to have ended nor shown to be false. */
  over: z.enum(['ended', 'withdrawn']).nullable(),
});
export type ClosedInstallation = z.infer<typeof keptSchema>;

/** What does not parse is as if it had never been given. */
export function readClosed(text: string | null): ClosedInstallation | null {
  const parsed = keptSchema.safeParse(readJson(text));
  return parsed.success ? parsed.data : null;
}

/** It counts at this moment. */
export const isInForce = ({ until, storeTimeZone, over }: ClosedInstallation, nowMs: number): boolean =>
  over === null && storeDay(nowMs, storeTimeZone) <= until;

/** Whether a file may give it with this last day; `today` is the store's. */
export const isEndAllowed = (until: string, today: string): boolean =>
  today <= until && until <= addDays(today, MOST_DAYS_AHEAD);
