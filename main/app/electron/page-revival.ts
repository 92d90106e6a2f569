import type { RenderProcessGoneDetails, WebContents } from 'electron';
import type { Clock, Logger } from '../../kernel/ports.ts';

interface Parts {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly logger: Pick<Logger, 'error'>;
  readonly load: () => Promise<void>;
  /** The window is closing. */
  readonly isLeaving: () => boolean;
}

/** Within a minute; a page that crashes more often would do so for ever. */
export const MOST_REVIVALS = 3;
const WITHIN_MS = 60_000;

/** Reloads a crashed page: main has all its state, and a cashier cannot help a blank window. */
export function reviveDead(page: Pick<WebContents, 'on' | 'isDestroyed'>, parts: Parts): void {
  const { clock, logger, load, isLeaving } = parts;
  let revivals: readonly number[] = [];
  page.on('render-process-gone', (_event: unknown, { reason, exitCode }: RenderProcessGoneDetails) => {
    if (isLeaving() || page.isDestroyed()) return;
    const now = clock.monotonicMs();
    revivals = revivals.filter((at) => now - at < WITHIN_MS);
    const comesBack = reason !== 'clean-exit' && revivals.length < MOST_REVIVALS;
    logger.error('page.gone', { reason, exitCode, comesBack });
    if (!comesBack) return;
    revivals = [...revivals, now];
    load().catch((thrown: unknown) => logger.error('page.not-loaded', { error: String(thrown) }));
  });
}
