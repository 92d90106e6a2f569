import { z } from 'zod';
import { readJson } from '../../kernel/database/read-json.ts';
import { addDays, storeDay } from '../../kernel/store-time.ts';

// A closed installation: no till of KYBIO, no terminal and no other till changes what its members have. The installer
// declares it by file, with a last day (ADR 55).

/** The setting with the declaration, as JSON of `storedSchema`. */
export const CLOSED_KEY = 'closed-installation';

/** The last day may be at most this far ahead: installers renew it once a year. */
export const MOST_DAYS_AHEAD = 366;

const storedSchema = z.object({
  /** The last day of the store that it holds, `yyyy-MM-dd`. */
  until: z.iso.date(),
  storeTimeZone: z.string(),
  /** The journal's last row when it was given: earlier decisions did not depend on it. */
  since: z.number(),
  /** Null while it neither expired nor was disproved. */
  over: z.enum(['ended', 'withdrawn']).nullable(),
});
export type ClosedInstallation = z.infer<typeof storedSchema>;

/** Parses the declaration; unreadable counts as never given. */
export function readClosed(text: string | null): ClosedInstallation | null {
  const parsed = storedSchema.safeParse(readJson(text));
  return parsed.success ? parsed.data : null;
}

/** Whether it is in force now. */
export const isInForce = ({ until, storeTimeZone, over }: ClosedInstallation, nowMs: number): boolean =>
  over === null && storeDay(nowMs, storeTimeZone) <= until;

/** Whether a file may set this last day; `today` is the store's. */
export const isEndAllowed = (until: string, today: string): boolean =>
  today <= until && until <= addDays(today, MOST_DAYS_AHEAD);
