import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { createZCourier } from '../../../main/chain/states/z-courier.ts';
import type { ZExchange } from '../../../main/day/index.ts';
import { createTimeouts } from '../../../main/kernel/timeouts.ts';
import type { PickedZ } from '../../../preload/contract/index.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../../kit/till.ts';
import { tillIdOf } from '../../kit/till-state.ts';

const nameOf = (number: number): string => `${tillIdOf(2)}-${number.toString(16).padStart(32, '0')}.json`;

/** The owner's computer before a folder that says of each of its Zs that it is known, but of one. */
function beforeCopies(copies: number, fresh: string, knowsInMs = 0) {
  let nowMs = 0;
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'zs'));
  const names = [fresh, ...Array.from({ length: copies }, (_, place) => nameOf(place + 1))];
  for (const name of names) writeFileSync(join(folder, 'zs', name), '{}');
  const read: string[] = [];
  const zs: ZExchange = {
    own: async () => [],
    fileOf: () => null,
    known: async () => {
      nowMs += knowsInMs;
      return new Set();
    },
    take: async (path): Promise<PickedZ> => {
      const file = basename(path);
      read.push(file);
      return { file, outcome: file === fresh ? 'taken' : 'known', problem: null, report: null };
    },
  };
  const courier = createZCourier({
    folder: () => folder,
    tillId: () => tillIdOf(1),
    holdsKey: () => true,
    zs,
    timeouts: createTimeouts(realClock),
    clock: { monotonicMs: () => nowMs },
    random: realRandom,
    logger: silentLogger,
    pause: async () => undefined,
  });
  return { courier, read };
}

it('comes to each Z, however many copies of known ones lie under names of their own', async () => {
  const fresh = nameOf(99);
  const { courier, read } = beforeCopies(50, fresh);
  for (let round = 0; round < 3; round += 1) expect(await courier.take()).toBeNull();
  expect(new Set(read).size).toBe(51);
  expect(read).toContain(fresh);
});

it('comes to a new one also where it takes long to say which are new', async () => {
  const fresh = nameOf(99);
  const { courier, read } = beforeCopies(0, fresh, 60_000);
  expect(await courier.take()).toBeNull();
  expect(read).toEqual([fresh]);
});
