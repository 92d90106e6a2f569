import { storeTime } from '../kernel/store-time.ts';

/** Which till this is of how many of its account. */
export interface Numbering {
  readonly tillNumber: number;
  readonly tillCount: number;
}

/** Up to so many tills each has seconds of its own; of a larger account a *duplicate* decides nothing. */
export const MOST_OWN_SECONDS = 600;

/**
 * What a till's seconds are counted by: fixed, so that a till more takes no second that another one had. Each divides
 * the next. By how many tills there are, not by the number: till 65 of 600 lies among the seconds of a till 5 of 60.
 */
export function secondsModulo({ tillCount }: Numbering): 1 | 60 | 600 {
  if (tillCount === 1) return 1;
  return tillCount <= 60 ? 60 : MOST_OWN_SECONDS;
}

/** Two tills so numbered have a second in common. */
export const shareSeconds = (one: Numbering, other: Numbering): boolean =>
  (one.tillNumber - other.tillNumber) % Math.min(secondsModulo(one), secondsModulo(other)) === 0;

/** A time as KYBIO writes it is among this till's seconds. */
export function isSecondOf(numbering: Numbering, second: string): boolean {
  const count = Date.parse(`${second.replace(' ', 'T')}Z`) / 1_000;
  return (count - numbering.tillNumber) % secondsModulo(numbering) === 0;
}

/** Moments in which increments were made that this till's record lacks. */
export interface LostStretch {
  /** The newest increment that it knows from before. */
  readonly fromMs: number;
  /** The fork: a restore, a move, another machine. */
  readonly toMs: number;
}

/** So many seconds of this till, a day of them where it is alone: beyond that something else is wrong. */
const MOST_TRIED = 100_000;

/** A change of the clocks has a second read as one that lies so far away. */
const SAME_WALL_S = [0, 1_800, -1_800, 3_600, -3_600];

/** What was lost may have been keyed by an earlier second as well: sixty of one member's, an hour at least. */
const marginMs = (modulo: number): number => 60_000 * Math.max(60, modulo);

/** How far before a lost stretch a second may lie. */
const SPREAD_S = 7 * 86_400;

/**
 * The send key (protocol rule 5): the newest second of this till's residue, now or earlier and
 * never in the future, that no increment of this member has, nor may have had before a restore. A clock set back and
 * the end of summer time repeat a second; two tills of an account never meet on one. What lies before a stretch that was
 * lost may have been lost before, where the same backup is put back again: `unit` in [0, 1), drawn for each
 * increment, says how far before it the second lies. Null if none is free.
 */
export function freeSecond(
  nowMs: number,
  timeZone: string,
  numbering: Numbering,
  isTaken: (second: string) => boolean,
  lost: readonly LostStretch[] = [],
  unit = 0,
): string | null {
  const modulo = secondsModulo(numbering);
  const nowText = storeTime(nowMs, timeZone);
  const stretches = lost.map(({ fromMs, toMs }) => ({
    from: Math.floor((Math.min(fromMs, toMs) - marginMs(modulo)) / 1_000),
    to: Math.floor(toMs / 1_000),
  }));
  const stretchAt = (moment: number) => stretches.find(({ from, to }) => moment >= from && moment <= to);
  const mayBeLost = (moment: number, second: string): boolean =>
    SAME_WALL_S.some(
      (apart) =>
        stretchAt(moment + apart) !== undefined && storeTime((moment + apart) * 1_000, timeZone) === second,
    );
  let moment = Math.floor(nowMs / 1_000);
  for (let tried = 0; tried < MOST_TRIED; tried += 1) {
    const stretch = stretchAt(moment);
    if (stretch !== undefined) {
      moment = stretch.from - 1 - Math.floor(unit * SPREAD_S);
      continue;
    }
    const second = storeTime(moment * 1_000, timeZone);
    const isOurs = isSecondOf(numbering, second);
    // In the hour that summer time's end repeats, an earlier moment can read as a later one.
    if (isOurs && second <= nowText && !isTaken(second) && !mayBeLost(moment, second)) return second;
    // From one of ours to the one before; a change of the clocks may lie between, and then it is looked for.
    moment -= isOurs ? modulo : 1;
  }
  return null;
}
