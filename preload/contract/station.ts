import { z } from 'zod';
import { channel } from './channel.ts';
import { done, managersPin, nothing } from './scalars.ts';

export const stationSchema = z.object({
  /** The program is started when this person logs in to the computer. */
  startAtLogin: z.boolean(),
  /** From each start on the window fills the screen, and only a manager leaves it. */
  kiosk: z.boolean(),
  /** It does so now; false too after a manager has left it for the time being. */
  isKiosk: z.boolean(),
});
export type Station = z.infer<typeof stationSchema>;

/** How the program stands on this computer. */
export const station = {
  get: channel(nothing, stationSchema),
  save: channel(z.object({ startAtLogin: z.boolean(), kiosk: z.boolean(), pin: managersPin }).strict(), done),
  /** A manager gets the window out of the way, until the next start. */
  leaveKiosk: channel(z.object({ pin: managersPin }).strict(), done),
} as const;
