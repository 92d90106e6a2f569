import type { WebContents } from 'electron';
import { MAX_REPLY_BYTES, pushes, SNAPSHOT_CHANNEL, type Snapshot } from '../../preload/contract/index.ts';
import type { Logger } from '../ports.ts';
import { messageSize } from './message-size.ts';

export interface PusherOptions {
  /** The till's window, or null while there is none. */
  readonly contents: () => Pick<WebContents, 'isDestroyed' | 'send'> | null;
  readonly logger: Logger;
}

/**
 * Sends snapshots to the page. One that does not fit the contract is a bug of ours: it is logged and
 * stays here, the page keeps the one before. True where it was sent.
 */
export function createPusher({ contents, logger }: PusherOptions): (snapshot: Snapshot) => boolean {
  return (snapshot) => {
    const target = contents();
    if (target === null || target.isDestroyed()) return false;
    const parsed = pushes.snapshot.safeParse(snapshot);
    if (!parsed.success) {
      const places = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')} ${issue.code}`);
      logger.error('bridge.bad-snapshot', { places: places.join(', ') });
      return false;
    }
    if (messageSize(parsed.data, MAX_REPLY_BYTES) !== 'fits') {
      logger.error('bridge.large-snapshot', { entries: parsed.data.activity.length });
      return false;
    }
    target.send(SNAPSHOT_CHANNEL, parsed.data);
    return true;
  };
}
