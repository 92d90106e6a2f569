import { storeTime } from '../kernel/store-time.ts';

/** The till's number and the number of tills of its account. */
export interface Numbering {
  readonly tillNumber: number;
  readonly tillCount: number;
}

/** Up to this many tills have seconds of their own; in a larger account a _duplicate_ decides nothing. */
export const MOST_OWN_SECONDS = 600;

/**
 * The modulus of a till's seconds: fixed steps, so that adding a till takes no other's seconds, and each divides the
 * next. By the number of tills, not the till's number: till 65 of 600 lies among the seconds of a till 5 of 60.
 */
export function secondsModulo({ tillCount }: Numbering): 1 | 60 | 600 {
  if (tillCount === 1) return 1;
  return tillCount <= 60 ? 60 : MOST_OWN_SECONDS;
}

/** Whether two tills with these numbers share a second. */
export const shareSeconds = (one: Numbering, other: Numbering): boolean =>
  (one.tillNumber - other.tillNumber) % Math.min(secondsModulo(one), secondsModulo(other)) === 0;

/** Whether a time in KYBIO's format is among this till's seconds. */
export function isSecondOf(numbering: Numbering, second: string): boolean {
  const count = Date.parse(`${second.replace(' ', 'T')}Z`) / 1_000;
  return (count - numbering.tillNumber) % secondsModulo(numbering) === 0;
}

/** A period whose increments this till's records lack. */
export interface LostPeriod {
  /** The newest known increment before it. */
  readonly fromMs: number;
  /** The fork: a restore, a move, another machine. */
  readonly toMs: number;
}

/** A bound of the search, a day where the till is alone: beyond it something else is wrong. */
const MOST_TRIED = 100_000;

/** Offsets between moments that read as the same local time when clocks change. */
const SAME_WALL_S = [0, 1_800, -1_800, 3_600, -3_600];

/** A lost entry may use an earlier second as well: sixty of one member's, an hour at least. */
const marginMs = (modulo: number): number => 60_000 * Math.max(60, modulo);

/** How far before a lost period the random second may lie. */
const SPREAD_S = 7 * 86_400;

/**
 * Picks the send key (protocol rule 5): the newest second of this till's share, now or earlier, that no increment of
 * this member has or may have had before a restore. A clock set back and the end of summer time repeat a second; two
 * tills of an account share none. Before a lost period the second is random (`unit` in [0, 1), drawn for each
 * increment), since restoring the same backup again may have lost others there. Null if none is free.
 */
export function freeSecond(
  nowMs: number,
  timeZone: string,
  numbering: Numbering,
  isTaken: (second: string) => boolean,
  lost: readonly LostPeriod[] = [],
  unit = 0,
): string | null {
  const modulo = secondsModulo(numbering);
  const nowText = storeTime(nowMs, timeZone);
  const periods = lost.map(({ fromMs, toMs }) => ({
    from: Math.floor((Math.min(fromMs, toMs) - marginMs(modulo)) / 1_000),
    to: Math.floor(toMs / 1_000),
  }));
  const periodAt = (moment: number) => periods.find(({ from, to }) => moment >= from && moment <= to);
  const mayBeLost = (moment: number, second: string): boolean =>
    SAME_WALL_S.some(
      (apart) =>
        periodAt(moment + apart) !== undefined && storeTime((moment + apart) * 1_000, timeZone) === second,
    );
  let moment = Math.floor(nowMs / 1_000);
  for (let tried = 0; tried < MOST_TRIED; tried += 1) {
    const period = periodAt(moment);
    if (period !== undefined) {
      moment = period.from - 1 - Math.floor(unit * SPREAD_S);
      continue;
    }
    const second = storeTime(moment * 1_000, timeZone);
    const isOurs = isSecondOf(numbering, second);
    // When summer time ends, an earlier moment can read as a later one.
    if (isOurs && second <= nowText && !isTaken(second) && !mayBeLost(moment, second)) return second;
    // Steps from one of our seconds to the one before; where the clocks changed in between, it is searched.
    moment -= isOurs ? modulo : 1;
  }
  return null;
}
