import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { done, managersPin, nothing } from '../kernel/scalars.ts';

export const stationSchema = z.object({
  /** The program starts when this user logs in. */
  startAtLogin: z.boolean(),
  /** Kiosk mode from each start. */
  kiosk: z.boolean(),
  /** In kiosk mode now; false after a manager left it. */
  isKiosk: z.boolean(),
  /** A customer display on a second monitor. */
  customerDisplay: z.boolean(),
  /** Visible now; false where its monitor is missing. */
  isCustomerShown: z.boolean(),
});
export type Station = z.infer<typeof stationSchema>;

/** Why the data folder is unsafe; null where it is safe, or a manager has acknowledged it. */
export const dataPlaceSchema = z.enum(['synchronised', 'network']);
export type DataPlace = z.infer<typeof dataPlaceSchema>;

export const stationTopics = { dataPlace: dataPlaceSchema.nullable() } as const;

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
  /** Leaves kiosk mode until the next start. */
  leaveKiosk: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'program', may: 'manager' }),
  /** A manager acknowledges an unsafe data folder. */
  readPlace: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'world', may: 'manager' }),
} as const;
