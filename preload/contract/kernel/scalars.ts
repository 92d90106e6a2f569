import { z } from 'zod';
import { plainDecimal } from './exact.ts';

/** Unix time in milliseconds. */
export const timeMs = z.number().int().nonnegative();
export const count = z.number().int().nonnegative();
export const id = z.string().min(1).max(40);
/** A member's, as KYBIO has it. */
export const uid = z.string().regex(/^-?\d{1,19}$/);
export const pin = z.string().max(64);
/** Who stands for a request with their own PIN: a part of the request, and good for it alone. */
export const approval = z.object({ person: id, pin }).strict();
/**
 * The PIN for a manager's act: a manager's own, or the till's where nobody is set up; absent while a manager
 * has unlocked it.
 */
export const managersPin = z.union([pin, approval]).optional();

/** A plain decimal; see `Amount`. What is none is looked at no further: whoever compares it would throw. */
export const amountSchema = z.string().regex(plainDecimal, { abort: true }).brand<'Amount'>();

/** A call without arguments, and an answer that only says that it is done. */
export const nothing = z.object({}).strict();
export const done = z.object({}).strict();
