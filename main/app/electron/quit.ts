import type { Logger } from '../../kernel/ports.ts';
import type { TillUse, Updates } from '../../updates/index.ts';

export interface QuitParts {
  readonly use: Pick<TillUse, 'busy'>;
  readonly updates: Pick<Updates, 'status'> | null;
  readonly logger: Logger;
  /** Ends the program without a question. */
  readonly quit: () => void;
}

/**
 * Handles `--quit` in the running program: ends it, unless somebody is in the middle of something or a version is being
 * installed. Then it stays, and the caller may ask again.
 */
export const createQuit =
  ({ use, updates, logger, quit }: QuitParts) =>
  (): void => {
    const why = updates?.status().state === 'installing' ? ['installing'] : use.busy();
    if (why.length > 0) {
      logger.info('quit.not-now', { why: why.join() });
      return;
    }
    logger.info('quit.asked');
    quit();
  };
