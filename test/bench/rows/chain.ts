import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout, setImmediate as untilOthersRan } from 'node:timers/promises';
import { recordedIn } from '../../../main/app/status/status-facts.ts';
import { verdict } from '../../../main/app/status/status-verdict.ts';
import { createStateReader } from '../../../main/chain/states/state-reader.ts';
import { tillRows } from '../../../main/chain/states/till-rows.ts';
import { sealTillState, stateFileOf } from '../../../main/chain/states/till-state.ts';
import { systemClock, systemRandom } from '../../../main/kernel/system.ts';
import { createTimeouts } from '../../../main/kernel/timeouts.ts';
import { createTestClock } from '../../kit/clock.ts';
import { stateDesk, stateOf, tillIdOf } from '../../kit/till-state.ts';
import { atMost, type Figure } from '../figure.ts';
import { endOfFilling, openTill } from '../filled-till.ts';
import { type Held, held, heldFigures } from '../held.ts';
import { type Row, sizeText } from '../row.ts';

const TILLS = 200;
/** An owner who opens the list waits no longer. */
const LIST_MS = 2_000;

/** Who watches main's thread looks once before and once after. */
const WATCH_MS = 10;

async function readAll(folder: string): Promise<Held> {
  mkdirSync(join(folder, 'states'), { recursive: true });
  for (let number = 1; number <= TILLS; number += 1)
    writeFileSync(
      join(folder, 'states', stateFileOf(tillIdOf(number))),
      sealTillState(stateOf({ number }), stateDesk, systemRandom),
    );
  const reader = createStateReader({
    folder: () => folder,
    desk: () => stateDesk,
    timeouts: createTimeouts(systemClock),
    clock: systemClock,
    pause: () => untilOthersRan(),
  });
  return held(async () => {
    const nowMs = systemClock.nowMs();
    const parts = { verdict, nowMs, own: tillIdOf(1), unused: new Set<string>(), skewLimitMs: 300_000 };
    const rows = tillRows(await reader.states(), parts);
    if (rows.length !== TILLS) throw new Error(`${rows.length} tills`);
  });
}

/** What the tills of a chain say of themselves: writing one's own, and the owner's list of 200. */
export const chainRow: Row = {
  name: 'chain',
  measure: async (bench) => {
    const list = await readAll(bench.scratch());
    const limit = { unit: 'ms', beside: 'limit', goal: atMost(1), bound: null } as const;
    const figures: Figure[] = [
      { ...limit, name: `the list of ${TILLS} tills`, ours: list.tookMs, against: LIST_MS },
      ...heldFigures('the list', `${TILLS} tills`, list),
    ];
    for (const entries of bench.sizes) {
      const session = await openTill(await bench.filled(entries), createTestClock(endOfFilling));
      const { db, settings, clock } = session.kernel;
      const own = await held(async () => {
        await setTimeout(WATCH_MS);
        recordedIn({ db, settings, config: session.config, clock });
        await setTimeout(WATCH_MS);
      });
      figures.push(...heldFigures("a till's own state", sizeText(entries), own));
      await session.close(0);
    }
    return figures;
  },
};
