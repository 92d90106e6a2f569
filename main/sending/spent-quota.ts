import type { Link } from '../hosts/link/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Logger } from '../kernel/ports.ts';

const KEY = 'quota.toldAtMs';

/** Stores when KYBIO said that the day's calls are used up. */
export function noteSpentQuota(link: Link, settings: Settings, logger: Logger): void {
  link.onChange((before, after) => {
    const pause = after.pauses.find(({ reason }) => reason === 'quota');
    if (pause === undefined || before.pauses.some(({ reason }) => reason === 'quota')) return;
    try {
      settings.set(KEY, String(pause.sinceMs));
    } catch (thrown) {
      logger.warn('quota.not-kept', { error: String(thrown) });
    }
  });
}

/** When KYBIO last said so; null if never. */
export function lastSpentQuotaMs(settings: Pick<Settings, 'get'>): number | null {
  const text = settings.get(KEY);
  return text !== null && /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
