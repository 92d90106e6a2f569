import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Logger } from '../../kernel/ports.ts';

export const SKEW_KEY = 'link.skew';
/** A smaller change is the network's, and no clock's. */
const STEP_MS = 30_000;

/** The PC's clock skew as last heard, to half a minute; 0 before. */
export function heardSkewMs(settings: Pick<Settings, 'get'>): number {
  const kept = Number(settings.get(SKEW_KEY) ?? 0);
  return Number.isSafeInteger(kept) ? kept : 0;
}

/** For a program that looks at this till from outside. A clock that is right is never written. */
export function keepSkew(settings: Settings, logger: Logger, skewMs: number): void {
  const kept = heardSkewMs(settings);
  if (Math.abs(skewMs - kept) < STEP_MS) return;
  try {
    settings.set(SKEW_KEY, String(STEP_MS * Math.round(skewMs / STEP_MS)));
  } catch (thrown) {
    logger.warn('link.skew-not-kept', { error: String(thrown) });
  }
}
