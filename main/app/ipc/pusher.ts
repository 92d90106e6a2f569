import type { WebContents } from 'electron';
import { CHANGES_CHANNEL, type Changes, MAX_REPLY_BYTES, pushes } from '../../../preload/contract/index.ts';
import type { Logger } from '../../kernel/ports.ts';
import { messageSize } from './message-size.ts';

export interface PusherOptions {
  /** Null while there is no window. */
  readonly contents: () => Pick<WebContents, 'isDestroyed' | 'send'> | null;
  readonly logger: Logger;
}

/** Pushes changes to the page; true where it was sent. What does not fit the contract is a bug: it is logged and dropped. */
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
