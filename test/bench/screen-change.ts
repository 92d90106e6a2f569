// What one change of what the screens show takes of the main thread, over an outbox of some size.
//
//   node test/bench/screen-change.ts 20000 300000
//
// Entries are confirmed, 400 a day (`filled-till.ts`); today's are in the list. Then entries are added one by one, and
// what follows each is timed: reading what is shown, finding what changed, and holding it against the contract. Filled
// in memory (/dev/shm), since waiting for a disk is not what is measured.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPusher } from '../../main/ipc/pusher.ts';
import type { Clock } from '../../main/ports.ts';
import { createScreen, type Screen } from '../../main/till/screen.ts';
import { openFilledTill, silent } from './filled-till.ts';

const MEASURED = 200;

/** A clock of which what is due is done when told to. */
function createHeldClock(clock: Clock) {
  let due: (() => void)[] = [];
  const held: Clock = {
    ...clock,
    schedule: (_, action) => {
      due.push(action);
      return () => {
        due = due.filter((one) => one !== action);
      };
    },
  };
  return {
    held,
    run: () => {
      for (const action of due.splice(0)) action();
    },
  };
}

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function measure(entries: number): Promise<void> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'screen-change-'));
  let screen: Screen | null = null;
  const beganMs = performance.now();
  const { session, clock, add, confirm } = await openFilledTill(folder, entries, (...topics) =>
    screen?.changed(...topics),
  );
  const filledS = (performance.now() - beganMs) / 1_000;
  const { held, run } = createHeldClock(clock);
  const page = { isDestroyed: () => false, send: (_: string, push: unknown) => (pushed = push) };
  let pushed: unknown = null;
  screen = createScreen({
    ...{ clock: held, logger: silent, session: () => session },
    onChanges: createPusher({ contents: () => page, logger: silent }),
  });
  screen.snapshot();
  const times: number[] = [];
  let cpuMs = 0;
  for (let index = 0; index < MEASURED; index += 1) {
    const id = add();
    if (index % 2 === 0) confirm(id);
    // The journal's readers hear of it.
    await Promise.resolve();
    const before = process.threadCpuUsage();
    const startMs = performance.now();
    run();
    times.push(performance.now() - startMs);
    const { user, system } = process.threadCpuUsage(before);
    cpuMs += (user + system) / 1_000;
  }
  const bytes = JSON.stringify(pushed).length;
  const longest = Math.max(...times);
  console.log(
    `${entries} entries: a change takes ${middle(times).toFixed(2)} ms (median of ${MEASURED}; longest ${longest.toFixed(1)}; ${(cpuMs / MEASURED).toFixed(2)} ms of the main thread on average), pushes ${bytes} bytes; filled in ${filledS.toFixed(0)} s`,
  );
  await session.close(0);
  rmSync(folder, { recursive: true });
}

for (const size of process.argv.slice(2).map(Number)) await measure(size);
