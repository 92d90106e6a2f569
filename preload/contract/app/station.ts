import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { done, managersPin, nothing } from '../kernel/scalars.ts';

export const stationSchema = z.object({
  /** The program is started when this person logs in to the computer. */
  startAtLogin: z.boolean(),
  /** From each start on the window fills the screen, and only a manager leaves it. */
  kiosk: z.boolean(),
  /** It does so now; false too after a manager has left it for the time being. */
  isKiosk: z.boolean(),
  /** What is entered is shown to the customer on a second monitor. */
  customerDisplay: z.boolean(),
  /** It is; false too where its monitor is not there. */
  isCustomerShown: z.boolean(),
});
export type Station = z.infer<typeof stationSchema>;

/** Where the till's data must not lie; null where nothing is wrong with its place, or a manager has read what is. */
export const dataPlaceSchema = z.enum(['synchronised', 'network']);
export type DataPlace = z.infer<typeof dataPlaceSchema>;

export const stationTopics = { dataPlace: dataPlaceSchema.nullable() } as const;

/** How the program stands on this computer. */
export const station = {
  get: channel(nothing, stationSchema, { touches: 'program', may: 'signed-in' }),
  save: channel(
    z
      .object({
        startAtLogin: z.boolean(),
        kiosk: z.boolean(),
        customerDisplay: z.boolean(),
        pin: managersPin,
      })
      .strict(),
    done,
    { touches: 'program', may: 'manager' },
  ),
  /** A manager gets the window out of the way, until the next start. */
  leaveKiosk: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'program', may: 'manager' }),
  /** A manager has read what is wrong with the place of the till's data. */
  readPlace: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'world', may: 'manager' }),
} as const;
