import type { ErrorCode, Reach } from '../../preload/contract/index.ts';

/** `opening`: nothing is open yet, so no permission can be checked; `none`: no till is open. */
export type Open = 'live' | 'practice' | 'opening' | 'none';

/**
 * Why a request is out of reach, whoever makes it; null: ask the till. Practice is apart: admission there does not
 * count here. Handlers check the rest themselves (ADR 62).
 */
export function beyondReach({ touches, may }: Reach, open: Open): ErrorCode | null {
  if (may === 'anyone' || touches === 'nothing') return null;
  if (open === 'opening') return 'till-opening';
  const isElsewhere = touches === 'live' || touches === 'program';
  return open === 'practice' && isElsewhere ? 'not-from-practice' : null;
}
