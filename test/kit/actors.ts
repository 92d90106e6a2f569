import type { Actor } from '../../main/kernel/actor.ts';

/** Whoever stands at the till of a test. */
export const atTheTill: Actor = { role: 'till', person: 'Counter 1' };
