import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { done, managersPin, nothing, pin, timeMs } from '../kernel/scalars.ts';

export const managerTopics = {
  managerPinSet: z.boolean(),
  /** Until then a manager's acts need no PIN; null where each asks for it. */
  managerUnlockedUntilMs: timeMs.nullable(),
} as const;

export const manager = {
  /**
   * Makes the manager's PIN where set-up brought none; the recovery code is shown once. The App key vouches for
   * whoever asks, as the till was set up with it; the practice store asks for none.
   */
  makePin: channel(
    z.object({ pin, appKey: z.string().max(200) }).strict(),
    z.object({ recoveryCode: z.string() }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** Gives the PIN once for a stretch of work. */
  unlock: channel(z.object({ pin: managersPin.unwrap() }).strict(), done, {
    touches: 'world',
    may: 'manager',
  }),
  /** Ends the stretch now: a manager leaves the desk, or says so; the cashier who gave way there is back. */
  lock: channel(nothing, done, { touches: 'world', may: 'anyone' }),
  recover: channel(
    z.object({ recoveryCode: z.string().max(64), pin }).strict(),
    z.object({ recoveryCode: z.string() }),
    { touches: 'world', may: 'anyone' },
  ),
} as const;
