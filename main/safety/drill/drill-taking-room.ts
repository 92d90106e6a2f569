import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Logger } from '../../kernel/ports.ts';
import type { Room } from '../../kernel/room.ts';
import type { FeedRow, JournalFeed } from '../../ledger/journal/index.ts';
import { forgetHandedDrill, type HandedDrill, handedDrill } from './drill-file.ts';

export interface DrillTakingParts {
  readonly folder: string;
  readonly settings: Settings;
  readonly feed: Pick<JournalFeed, 'subscribe'> | null;
  readonly logger: Logger;
  /** Only an open shift will have a report. */
  readonly isShiftOpen: () => boolean;
  readonly keep: (drill: Pick<HandedDrill, 'atMs' | 'who' | 'passed'>) => void;
}

/** The last one taken: a file that could not be removed is not taken again. */
const TAKEN = 'drill.taken';

const isShiftNote = ({ event, reason }: FeedRow): boolean => event === 'noted' && reason === 'shift';

/** Takes the practice store's result into the open shift or the next one. A drill is written only while this till is closed. */
export function createDrillTakingRoom(parts: DrillTakingParts): Room {
  const { folder, settings, feed, logger, isShiftOpen, keep } = parts;
  let leave = (): void => undefined;
  const take = (): void => {
    try {
      const handed = handedDrill(folder);
      if (handed === null || !isShiftOpen()) return;
      const { id, atMs, who, passed } = handed;
      if (settings.get(TAKEN) !== id) {
        keep({ atMs, who, passed });
        settings.set(TAKEN, id);
      }
      forgetHandedDrill(folder);
    } catch (thrown) {
      // The till must open anyway.
      logger.warn('drill.not-taken', { error: String(thrown) });
    }
  };
  return {
    name: 'drill-report',
    start: () => {
      take();
      leave =
        feed?.subscribe((rows) => {
          if (rows.some(isShiftNote)) take();
        }) ?? leave;
    },
    stop: () => leave(),
  };
}
