import type { Pause } from '../../preload/contract/index.ts';

/** A till among those of its account: number 1 of 1 where nothing else was set. */
export interface PlaceInAccount {
  readonly tillNumber: number;
  readonly tillCount: number;
}

export interface AskingAgain {
  /** What holds all calls. */
  readonly pause: Pick<Pause, 'reason' | 'sinceMs'>;
  /** When this till asked last, be it before it was off; what lies before the pause counts as its beginning. */
  readonly askedAtMs: number;
  readonly place: PlaceInAccount;
  /** When calls came free the last time; null where that was never seen. */
  readonly cameFreeAtMs: number | null;
  /** Whether a moment lies in the first hour of a day of the store. */
  readonly isFirstHour: (unixMs: number) => boolean;
}

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;

/** What was concluded from two answers may have been the trouble of a minute: it is asked so soon, and then rarely. */
const SOON_MS = [120_000, 900_000] as const;

/** Past the hour: a host's day ends on one, and its clock may be behind. Tills with numbers do not ask in one breath. */
const minuteOf = ({ tillNumber }: PlaceInAccount): number => 120_000 + (tillNumber % 30) * 10_000;

/**
 * Whether this till asks in that hour. The account pays for one question an hour: its tills take turns by number. In the
 * hours in which calls mostly come free each of them looks for itself, since no till can tell another.
 */
function isMine(hour: number, { pause, place, cameFreeAtMs, isFirstHour }: AskingAgain): boolean {
  if (hour % place.tillCount === place.tillNumber % place.tillCount) return true;
  if (cameFreeAtMs !== null && (hour - Math.floor(cameFreeAtMs / HOUR_MS)) % HOURS_A_DAY === 0) return true;
  // Known words of a quota hold until the store's next day at most.
  return pause.reason === 'refuses-all' && isFirstHour(hour * HOUR_MS);
}

/** Whether KYBIO, which takes no calls, is asked now whether it takes some again. Pure. */
export function asksAgain(of: AskingAgain, nowMs: number): boolean {
  const { pause, place } = of;
  // A clock that was set back makes no wait longer than it is.
  const askedAtMs = Math.min(nowMs, Math.max(of.askedAtMs, pause.sinceMs));
  const isPast = (momentMs: number): boolean => askedAtMs < momentMs && momentMs <= nowMs;
  if (pause.reason === 'refuses-all' && SOON_MS.some((afterMs) => isPast(pause.sinceMs + afterMs)))
    return true;
  const minuteMs = minuteOf(place);
  const last = Math.floor((nowMs - minuteMs) / HOUR_MS);
  const first = Math.floor((askedAtMs - minuteMs) / HOUR_MS) + 1;
  for (let hour = last; hour >= first && hour > last - place.tillCount - 1; hour -= 1)
    if (isMine(hour, of)) return true;
  return false;
}
