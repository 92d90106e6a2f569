import { storeTime } from './store-time.ts';

/** Which seconds are this till's: those whose count modulo `tillCount` is `tillNumber`. */
export interface Numbering {
  readonly tillNumber: number;
  readonly tillCount: number;
}

/** So many seconds of this till, a day of them where it is alone: beyond that something else is wrong. */
const MOST_TRIED = 100_000;

const isOfTill = (count: number, { tillNumber, tillCount }: Numbering): boolean =>
  // Before 1970 counts are below nothing.
  (((count - tillNumber) % tillCount) + tillCount) % tillCount === 0;

/**
 * The send key (protocol rule 5): the newest second of this till's residue, now or earlier and
 * never in the future, that no increment of this member has. A clock set back and the end of summer
 * time repeat a second; two tills of a store never meet on one. Null if none is free.
 */
export function freeSecond(
  nowMs: number,
  timeZone: string,
  numbering: Numbering,
  isTaken: (second: string) => boolean,
): string | null {
  const newest = Math.floor(nowMs / 1_000);
  const nowText = storeTime(nowMs, timeZone);
  let moment = newest;
  for (let tried = 0; tried < MOST_TRIED; tried += 1) {
    const second = storeTime(moment * 1_000, timeZone);
    const isOurs = isOfTill(Date.parse(`${second.replace(' ', 'T')}Z`) / 1_000, numbering);
    // In the hour that summer time's end repeats, an earlier moment can read as a later one.
    if (isOurs && second <= nowText && !isTaken(second)) return second;
    // From one of ours to the one before; a change of the clocks may lie between, and then it is looked for.
    moment -= isOurs ? numbering.tillCount : 1;
  }
  return null;
}
