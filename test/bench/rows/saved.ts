import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { realClock } from '../../kit/practice-store.ts';
import { createCashier, fillDirectory } from '../cashier.ts';
import { atMost, type Figure } from '../figure.ts';
import { confirm, openTill } from '../filled-till.ts';
import type { Row } from '../row.ts';
import { timeOf } from '../side-by-side.ts';
import { median, p99 } from '../statistics.ts';

const root = resolve(import.meta.dirname, '../../..');
const PRESSES = 100;
const FRAME_MS = 1_000 / 60;

/** What a cashier waits for: from the press to "Saved" on the screen, in the real window (`npm run saved`). */
export const savedRow: Row = {
  name: 'saved',
  inWindow: true,
  measure: async (bench) => {
    const session = await openTill(bench.scratch(), realClock);
    fillDirectory(session);
    const press = createCashier(session);
    const commits: number[] = [];
    const commit = async () => {
      for (let index = 0; index < PRESSES; index += 1) {
        let pressed = '';
        commits.push(
          await timeOf(() => {
            pressed = press();
          }),
        );
        confirm(session, pressed);
      }
    };
    // Before and after: a machine that is busy is busy for both.
    await commit();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(root, 'scripts', 'saved.mjs'), `--presses=${PRESSES}`, '--json'],
      { cwd: root, env: { ...process.env, COUNTERFOIL_SAVED: '1' } },
    );
    await commit();
    await session.close(0);
    const waits = JSON.parse(stdout) as readonly number[];
    const figure = (name: string, of: typeof median): Figure => ({
      ...{ name: `press to “Saved” painted, ${name}`, unit: 'ms', ours: of(waits) },
      ...{ against: of(commits) + 2 * FRAME_MS, beside: 'the commit and two frames' },
      ...{ goal: atMost(1), bound: null },
    });
    return [figure('p50', median), figure('p99', p99)];
  },
};
