import type { CallPolicy, Seen, TillPolicy, Use, WaitedEntry } from './policy.ts';

// Till 988ae969: each till holds its own meter against the account's calls, reads the whole directory every day, and looks
// before whatever waited. Kept beside what ships as the *before* of docs/benchmarks.md.

/** The account's calls as a manager leaves the setting: 120 of 300. */
export const KEPT_FOR_INCREMENTS = 0.4;
const LEFT_FOR_LOOK_UPS = 0.2;
const REFRESH_MS = 24 * 3_600_000;
/** A look-up younger than this is baseline enough. */
const FRESH_MS = 900_000;
const LOOK_AFTER_MS = 3_600_000;
/** Half the greatest age at which a refusal was seen. */
export const PROVEN_MS = 12 * 3_600_000;

/** Of 300 calls 120 are kept for increments, and 60 more are left to the counter. */
function mayCall(use: Use, used: number, quota: number): boolean {
  const kept = Math.round(quota * KEPT_FOR_INCREMENTS);
  switch (use) {
    case 'increment':
      return true;
    case 'evidence':
    case 'look':
      return used < quota;
    case 'count':
    case 'unknown':
    case 'asked':
    case 'freshness':
    case 'baseline':
      return used + kept < quota;
    case 'directory':
      return used + kept + Math.round(quota * LEFT_FOR_LOOK_UPS) < quota;
  }
}

/** Which entry is looked at before it goes (ADR 26). */
export function needsCheck(
  { createdAtMs, overStart, lookedAtMs }: WaitedEntry,
  { clock, isProven }: Pick<Seen, 'clock' | 'isProven'>,
): boolean {
  const waitedMs = clock.nowMs() - createdAtMs;
  if (isProven && waitedMs <= PROVEN_MS) return false;
  if (overStart) return true;
  return (lookedAtMs === undefined ? waitedMs : clock.monotonicMs() - lookedAtMs) >= LOOK_AFTER_MS;
}

/** A meter of the store's day, and the rules of then beside whatever says which calls may be made. */
export function createCounting(seen: Seen, may: typeof mayCall): TillPolicy {
  let day = -1;
  let used = 0;
  const usedToday = (): number => {
    if (day !== seen.today()) [day, used] = [seen.today(), 0];
    return used;
  };
  return {
    mayCall: (use) => may(use, usedToday(), seen.quota),
    made: () => {
      used = usedToday() + 1;
    },
    started: () => undefined,
    entered: () => undefined,
    looksFirst: (of) => needsCheck(of, seen),
    wantsBaseline: (ageMs) => !seen.isProven && (ageMs === null || ageMs >= FRESH_MS),
    wantsPage: ({ cursor, completedAtMs }) =>
      cursor !== null || completedAtMs === null || seen.clock.nowMs() - completedAtMs > REFRESH_MS,
    wantsCount: () => false,
    counted: () => undefined,
    stated: () => ({ needed: 0, days: [], counted: [] }),
  };
}

export const countingAlone: CallPolicy = {
  name: 'each till counts alone',
  usesFolder: false,
  create: (seen) => createCounting(seen, mayCall),
};
