import { storeTime } from './store-time.ts';

/** Which seconds are this till's: those whose count modulo `tillCount` is `tillNumber`. */
export interface TillPlace {
  readonly tillNumber: number;
  readonly tillCount: number;
}

/** A day and more of seconds: beyond that something else is wrong, and the form says so. */
const MAX_STEPS_BACK = 100_000;

/**
 * The send key (exactly-once rule 5): the newest second of this till's residue, now or earlier and
 * never in the future, that no increment of this member has. A clock set back and the end of summer
 * time repeat a second; two tills of a store never meet on one. Null if none is free.
 */
export function freeSecond(
  nowMs: number,
  timeZone: string,
  place: TillPlace,
  isTaken: (second: string) => boolean,
): string | null {
  const newest = Math.floor(nowMs / 1_000);
  const nowText = storeTime(nowMs, timeZone);
  for (let step = 0; step < MAX_STEPS_BACK; step += 1) {
    const second = storeTime((newest - step) * 1_000, timeZone);
    // In the hour that summer time's end repeats, an earlier moment can read as a later one.
    if (second > nowText) continue;
    const count = Date.parse(`${second.replace(' ', 'T')}Z`) / 1_000;
    if (count % place.tillCount === place.tillNumber % place.tillCount && !isTaken(second)) return second;
  }
  return null;
}
