import type { RenderProcessGoneDetails, WebContents } from 'electron';
import type { Clock, Logger } from '../../kernel/ports.ts';

interface Parts {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly logger: Pick<Logger, 'error'>;
  readonly load: () => Promise<void>;
  /** The window closes: a page that dies with it is not missed. */
  readonly isLeaving: () => boolean;
}

/** So often within a minute it is brought back. What dies again then would die for ever, and keep the PC busy with it. */
export const MOST_REVIVALS = 3;
const WITHIN_MS = 60_000;

/** A page that died is loaded anew: main has all that it showed, and nobody at a counter knows what to do with a blank window. */
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
