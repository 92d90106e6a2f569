import type { z } from 'zod';
import type { GuardedAct } from './guarded-acts.ts';

/**
 * What a channel reaches. `nothing`: it keeps nothing, and tells only what is on the screen. `world`: the till that is open,
 * live or practice. `live`: the live till's records, its backups and its key. `program`: the window, the start with the
 * computer, the customer's display, the version, and which till is open. `computer`: files, printers and sticks beside it.
 */
export type Touches = 'nothing' | 'world' | 'live' | 'program' | 'computer';

/**
 * Who may ask. `anyone`: also at a locked till, out of practice, and while no till is open. `signed-in`: who is there, or
 * anybody where nobody is set up. `manager`; or by the name of a guarded act a cashier too, as the shop's managers say.
 */
export type May = 'anyone' | 'signed-in' | 'manager' | GuardedAct;

/** Said where a channel is declared, and nowhere else: main admits by it (ADR 62). */
export interface Reach {
  readonly touches: Touches;
  readonly may: May;
}

export interface ChannelShape extends Reach {
  readonly args: z.ZodType;
  readonly reply: z.ZodType;
}

/** The schema of a channel's single argument, that of what a success carries, and its reach. Every reply is a `Result`. */
export const channel = <A extends z.ZodType, R extends z.ZodType, const D extends Reach>(
  args: A,
  reply: R,
  reach: D,
) => ({ args, reply, ...reach });
