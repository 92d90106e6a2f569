import type { WebContents } from 'electron';
import { CHANGES_CHANNEL, type Changes, MAX_REPLY_BYTES, pushes } from '../../../preload/contract/index.ts';
import type { Logger } from '../../kernel/ports.ts';
import { messageSize } from './message-size.ts';

export interface PusherOptions {
  /** The till's window, or null while there is none. */
  readonly contents: () => Pick<WebContents, 'isDestroyed' | 'send'> | null;
  readonly logger: Logger;
}

/**
 * Sends to the page what has changed. What does not fit the contract is a bug of ours: it is logged and stays here.
 * True where it was sent.
 */
export function createPusher({ contents, logger }: PusherOptions): (changes: Changes) => boolean {
  return (changes) => {
    const target = contents();
    if (target === null || target.isDestroyed()) return false;
    const parsed = pushes.changes.safeParse(changes);
    if (!parsed.success) {
      const places = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')} ${issue.code}`);
      logger.error('bridge.bad-push', { places: places.join(', ') });
      return false;
    }
    if (messageSize(parsed.data, MAX_REPLY_BYTES) !== 'fits') {
      logger.error('bridge.large-push', { rows: parsed.data.rows.put.length });
      return false;
    }
    target.send(CHANGES_CHANNEL, parsed.data);
    return true;
  };
}
