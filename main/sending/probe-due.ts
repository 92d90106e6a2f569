import type { Pause } from '../../preload/contract/index.ts';

/** The till's number among those of its account; 1 of 1 by default. */
interface PlaceInAccount {
  readonly tillNumber: number;
  readonly tillCount: number;
}

export interface AskingAgain {
  readonly pause: Pick<Pause, 'reason' | 'sinceMs'>;
  /** When this till last asked, even before a restart; moments before the pause count as its start. */
  readonly askedAtMs: number;
  readonly place: PlaceInAccount;
  /** When calls last became available; null if that was never seen. */
  readonly cameFreeAtMs: number | null;
  /** Whether a moment is in the first hour of a store day. */
  readonly isFirstHour: (unixMs: number) => boolean;
}

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;

/** Two refusals may have been a passing problem: asks again soon, then rarely. */
const SOON_MS = [120_000, 900_000] as const;

/**
 * Minutes past the hour: a host's day ends on an hour, its clock may be slow, and numbered tills must not ask at once.
 */
const minuteOf = ({ tillNumber }: PlaceInAccount): number => 120_000 + (tillNumber % 30) * 10_000;

/**
 * Whether this till asks in that hour. The account makes one call an hour, the tills taking turns by number; in the
 * hours when calls usually become available each till asks, since tills cannot tell each other.
 */
function isMine(hour: number, { pause, place, cameFreeAtMs, isFirstHour }: AskingAgain): boolean {
  if (hour % place.tillCount === place.tillNumber % place.tillCount) return true;
  if (cameFreeAtMs !== null && (hour - Math.floor(cameFreeAtMs / HOUR_MS)) % HOURS_A_DAY === 0) return true;
  // A quota refusal in known words ends with the store day at the latest.
  return pause.reason === 'refuses-all' && isFirstHour(hour * HOUR_MS);
}

/** Whether to ask now if KYBIO takes calls again. Pure. */
export function isProbeDue(of: AskingAgain, nowMs: number): boolean {
  const { pause, place } = of;
  // A clock set back must not lengthen the wait.
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
