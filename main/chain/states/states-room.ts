import { join } from 'node:path';
import { appError, type ChainTills, err, ok } from '../../../preload/contract/index.ts';
import { removeFile } from '../../kernel/atomic-file.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { Room } from '../../kernel/room.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import { withinFolder } from '../look-into-folder.ts';
import { folderFailure, partOf } from './state-folder.ts';
import { MOST_STATES, type StateReader } from './state-reader.ts';
import type { StatesWatch } from './states-watch.ts';
import { missingNumbers, type RowParts, tillRows } from './till-rows.ts';
import { stateFileOf } from './till-state.ts';
import type { ZCourier } from './z-courier.ts';

export interface StatesRoomParts extends Pick<RowParts, 'verdict' | 'skewLimitMs'> {
  readonly folder: () => string | null;
  readonly tillId: () => string | null;
  readonly holdsKey: () => boolean;
  readonly reader: StateReader;
  readonly courier: Pick<ZCourier, 'refused'>;
  readonly watch: StatesWatch;
  readonly timeouts: Timeouts;
  readonly clock: Pick<Clock, 'nowMs'>;
}

/** All tills of the chain, on the owner's computer. */
export function createStatesRoom(parts: StatesRoomParts): Room {
  const { reader, courier, watch, timeouts, clock, verdict, skewLimitMs } = parts;

  const tills = (): ChainTills => {
    const [states, unused, nowMs] = [reader.latest(), reader.unused(), clock.nowMs()];
    const known = new Set(states.map(({ state }) => state.tillId));
    const own = parts.tillId();
    const rows = tillRows(states, { verdict, skewLimitMs, nowMs, own, unused: new Set(unused.keys()) });
    return {
      atMs: nowMs,
      tills: [...rows],
      unused: [...unused].flatMap(([tillId, problem]) => (known.has(tillId) ? [] : { tillId, problem })),
      missing: [...missingNumbers(states, MOST_STATES)],
      refusedZs: courier.refused().slice(0, MOST_STATES),
      problem: watch.problem(),
    };
  };

  return {
    name: 'chain-states',
    managersHandlers: {
      'chain:tills': () => (parts.holdsKey() ? ok(tills()) : err(appError('chain-no-key'))),
      'chain:dropTill': async ({ tillId }) => {
        const folder = parts.folder();
        if (folder === null || !parts.holdsKey()) return err(appError('chain-no-key'));
        try {
          await withinFolder(folder, timeouts, async () =>
            removeFile(join(await partOf(folder, 'states'), stateFileOf(tillId))),
          );
        } catch (thrown) {
          return err(folderFailure(thrown));
        }
        reader.drop(tillId);
        return ok({});
      },
    },
    start: watch.start,
    stop: watch.stop,
    wokeUp: () => void watch.round(),
  };
}
