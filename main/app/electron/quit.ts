import type { Logger } from '../../kernel/ports.ts';
import type { TillUse, Updates } from '../../updates/index.ts';

export interface QuitParts {
  readonly use: Pick<TillUse, 'busy'>;
  readonly updates: Pick<Updates, 'status'> | null;
  readonly logger: Logger;
  /** Ends the program in order, without a question. */
  readonly quit: () => void;
}

/**
 * What `--quit` asks of the program that runs: to end as it does with its window, unless somebody is in the middle of
 * something, or it puts a version in place. Then it stays, and whoever asks may ask again.
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
