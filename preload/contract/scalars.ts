import { z } from 'zod';
import { plainDecimal } from './exact.ts';

/** Unix time in milliseconds. */
export const timeMs = z.number().int().nonnegative();
export const count = z.number().int().nonnegative();
export const id = z.string().min(1).max(40);
/** A member's, as KYBIO has it. */
export const uid = z.string().regex(/^-?\d{1,19}$/);
export const pin = z.string().max(64);
/** Of an act that only a manager may; absent while the manager has unlocked the till. */
export const managersPin = pin.optional();

/** A plain decimal; see `Amount`. */
export const amountSchema = z.string().regex(plainDecimal).brand<'Amount'>();

/** A call without arguments, and an answer that only says that it is done. */
export const nothing = z.object({}).strict();
export const done = z.object({}).strict();
