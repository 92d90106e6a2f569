import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { createZCourier, type ZCourierParts } from '../../../main/chain/states/z-courier.ts';
import type { ZExchange } from '../../../main/day/index.ts';
import { createTimeouts, type Timeouts } from '../../../main/kernel/timeouts.ts';
import type { PickedZ } from '../../../preload/contract/index.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../../kit/till.ts';
import { tillIdOf } from '../../kit/till-state.ts';

const nameOf = (number: number): string => `${tillIdOf(2)}-${number.toString(16).padStart(32, '0')}.json`;

/** A courier of this till, before what lies in `zs`. */
function courierOf(zs: Partial<ZExchange>, change: Partial<ZCourierParts> = {}) {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'zs'));
  const courier = createZCourier({
    folder: () => folder,
    tillId: () => tillIdOf(1),
    holdsKey: () => true,
    zs: {
      keyId: () => 'key 1',
      own: async () => [],
      fileOf: () => null,
      known: async () => new Set(),
      take: async () => null,
      ...zs,
    },
    timeouts: createTimeouts(realClock),
    clock: { monotonicMs: () => 0 },
    random: realRandom,
    logger: silentLogger,
    pause: async () => undefined,
    ...change,
  });
  return {
    courier,
    at: (name: string) => join(folder, 'zs', name),
    names: () => readdirSync(join(folder, 'zs')),
  };
}

/** The owner's computer before a folder that says of each of its Zs that it is known, but of one. */
function beforeCopies(copies: number, fresh: string, knowsInMs = 0) {
  let nowMs = 0;
  const read: string[] = [];
  const { courier, at } = courierOf(
    {
      known: async () => {
        nowMs += knowsInMs;
        return new Set();
      },
      take: async (path): Promise<PickedZ> => {
        const file = basename(path);
        read.push(file);
        return { file, outcome: file === fresh ? 'taken' : 'known', problem: null, report: null };
      },
    },
    { clock: { monotonicMs: () => nowMs } },
  );
  const names = [fresh, ...Array.from({ length: copies }, (_, place) => nameOf(place + 1))];
  for (const name of names) writeFileSync(at(name), '{}');
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

const digestOf = (number: number): string => number.toString(16).padStart(32, '0');
const ownName = (number: number): string => `${tillIdOf(1)}-${digestOf(number)}.json`;

/** A till that closed so many, before a folder that has them all, sealed under the key of before. */
function afterKey(closed: number, change: Partial<ZCourierParts> = {}) {
  let key = 'key 1';
  const numbers = Array.from({ length: closed }, (_, place) => closed - place);
  const found = courierOf(
    {
      keyId: () => key,
      own: async () => numbers.map((number) => ({ number, digest: digestOf(number) })),
      fileOf: (number) => `Z ${number} under ${key}`,
    },
    change,
  );
  const old = () =>
    numbers.filter((number) => !readFileSync(found.at(ownName(number)), 'utf8').includes(key));
  for (const number of numbers) writeFileSync(found.at(ownName(number)), `Z ${number} under ${key}`);
  return {
    ...found,
    old,
    replaceKey: () => {
      key = 'key 2';
    },
  };
}

it('writes its own again under a key that was replaced, some a round, also where that was before the start', async () => {
  const running = afterKey(30);
  expect(await running.courier.put()).toBeNull();
  running.replaceKey();
  expect(running.old()).toHaveLength(30);
  expect(await running.courier.put()).toBeNull();
  expect(running.old()).toHaveLength(10);
  expect(await running.courier.put()).toBeNull();
  expect(running.old()).toEqual([]);
  const started = afterKey(3);
  started.replaceKey();
  expect(await started.courier.put()).toBeNull();
  expect(started.old()).toEqual([]);
  expect(started.names()).toHaveLength(3);
});

it('writes nothing again that lies there under the present key', async () => {
  const { courier, at } = afterKey(2);
  const before = new Date(5_000);
  for (const number of [1, 2]) utimesSync(at(ownName(number)), before, before);
  rmSync(at(ownName(2)));
  expect(await courier.put()).toBeNull();
  expect(readFileSync(at(ownName(2)), 'utf8')).toBe('Z 2 under key 1');
  expect(statSync(at(ownName(1))).mtimeMs).toBe(5_000);
});

/** The owner's computer, which takes what says so, and knows it from then on. */
function reading() {
  let key = 'key 1';
  const read: string[] = [];
  const found = courierOf({
    keyId: () => key,
    take: async (path, textOf): Promise<PickedZ> => {
      const file = basename(path);
      read.push(file);
      const isWhole = (await textOf(path)) === `sealed under ${key}`;
      const [outcome, problem] = isWhole ? (['taken', null] as const) : (['refused', 'forged'] as const);
      return { file, outcome, problem, report: null };
    },
  });
  return {
    ...found,
    read,
    replaceKey: () => {
      key = 'key 2';
    },
  };
}

it('reads anew what was refused under the key of before', async () => {
  const { courier, at, replaceKey } = reading();
  writeFileSync(at(nameOf(1)), 'sealed under key 2');
  expect(await courier.take()).toBeNull();
  expect(courier.refused()).toEqual([{ tillId: tillIdOf(2), problem: 'forged' }]);
  replaceKey();
  expect(await courier.take()).toBeNull();
  expect(courier.refused()).toEqual([]);
});

it('reads a refused file again once it is another, and forgets one that is gone', async () => {
  const { courier, at, read } = reading();
  writeFileSync(at(nameOf(1)), 'sealed und');
  writeFileSync(at(nameOf(2)), 'sealed by nobody');
  for (let round = 0; round < 3; round += 1) expect(await courier.take()).toBeNull();
  expect(read).toHaveLength(2);
  writeFileSync(at(nameOf(1)), 'sealed under key 1');
  rmSync(at(nameOf(2)));
  expect(await courier.take()).toBeNull();
  expect(read.slice(2)).toEqual([nameOf(1)]);
  expect(courier.refused()).toEqual([]);
});

it('comes to each refused file that is another by now, however many there are', async () => {
  const { courier, at, read } = reading();
  for (let place = 1; place <= 100; place += 1) writeFileSync(at(nameOf(place)), 'x');
  expect(await courier.take()).toBeNull();
  for (let place = 1; place <= 100; place += 1) writeFileSync(at(nameOf(place)), 'sealed under key 1');
  for (let round = 0; round < 2; round += 1) expect(await courier.take()).toBeNull();
  expect(courier.refused()).toEqual([]);
  expect(read).toHaveLength(200);
});

it('keeps what it found before a slow folder no longer answered', async () => {
  let calls = 0;
  const slow: Timeouts = {
    run: ({ work }) => {
      calls += 1;
      return calls === 3 ? Promise.reject(Object.assign(new Error(), { code: 'ETIMEDOUT' })) : work();
    },
    isBusy: () => false,
  };
  const { courier, at } = afterKey(20, { timeouts: slow });
  rmSync(at(ownName(1)));
  expect((await courier.put())?.code).toBe('chain-folder-hangs');
  expect(calls).toBe(3);
  expect(await courier.put()).toBeNull();
  expect(readFileSync(at(ownName(1)), 'utf8')).toBe('Z 1 under key 1');
  // The last look, and the file.
  expect(calls).toBe(5);
});

it('lets what is no failure of the folder reach whoever asked', async () => {
  const closed = Object.assign(new Error('the database connection is not open'), { code: 'SQLITE_MISUSE' });
  const { courier } = courierOf({ own: () => Promise.reject(closed), known: () => Promise.reject(closed) });
  await expect(courier.put()).rejects.toBe(closed);
  await expect(courier.take()).rejects.toBe(closed);
});

it('takes a Z of its own that it does not have', async () => {
  const { courier, at, read } = reading();
  writeFileSync(at(ownName(57)), 'sealed under key 1');
  expect(await courier.take()).toBeNull();
  expect(read).toEqual([ownName(57)]);
});
