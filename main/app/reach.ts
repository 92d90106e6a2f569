import type { ErrorCode, Reach } from '../../preload/contract/index.ts';

/** What is open. `opening`: nothing yet, or something else in a moment; nobody can be asked who may. `none`: no till is. */
export type Open = 'live' | 'practice' | 'opening' | 'none';

/**
 * What stands against a request, whoever makes it; null where they are to be asked. Practice is another world: nobody who
 * was let in there was let in here. Of what anyone may, each handler says itself when it does something (ADR 62).
 */
export function beyondReach({ touches, may }: Reach, open: Open): ErrorCode | null {
  if (may === 'anyone' || touches === 'nothing') return null;
  if (open === 'opening') return 'till-opening';
  const isElsewhere = touches === 'live' || touches === 'program';
  return open === 'practice' && isElsewhere ? 'not-from-practice' : null;
}
