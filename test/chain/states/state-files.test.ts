import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStateReader } from '../../../main/chain/states/state-reader.ts';
import { createStateWriter, type OwnState } from '../../../main/chain/states/state-writer.ts';
import {
  openTillState,
  sealTillState,
  stateFileOf,
  type TillState,
} from '../../../main/chain/states/till-state.ts';
import type { AccountDesk } from '../../../main/kernel/sealing/account-seal.ts';
import { createTimeouts, type Timeouts } from '../../../main/kernel/timeouts.ts';
import { itOnPosix } from '../../kit/posix.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../../kit/till.ts';
import { stateDesk, stateOf, tillIdOf } from '../../kit/till-state.ts';

const hanging: Timeouts = {
  run: () => Promise.reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
  isBusy: () => false,
};

/** The chain's folder, at a moment that the test sets. */
function folderAt(nowMs = 1_800_000_000_000) {
  const shared = join(temporaryFolder(), 'share');
  mkdirSync(shared);
  const at = { nowMs, folder: shared as string | null, timeouts: createTimeouts(realClock) };
  const clock = { nowMs: () => at.nowMs, monotonicMs: () => at.nowMs };
  const timeouts: Timeouts = { run: (of) => at.timeouts.run(of), isBusy: () => at.timeouts.isBusy() };
  const file = (number: number) => join(shared, 'states', stateFileOf(tillIdOf(number)));
  return {
    at,
    shared,
    file,
    put: (state: TillState, desk: AccountDesk = stateDesk) => {
      mkdirSync(join(shared, 'states'), { recursive: true });
      writeFileSync(file(state.number), sealTillState(state, desk, realRandom));
    },
    read: (number: number) => openTillState(readFileSync(file(number)), stateDesk, tillIdOf(number)),
    writer: (number: number, change: Partial<OwnState> = {}) => {
      const met: string[] = [];
      const { atMs: _, run: __, copyAtMs: ___, ...own } = stateOf({ number, ...change });
      const writer = createStateWriter({
        folder: () => at.folder,
        desk: () => stateDesk,
        own: async () => own,
        meet: ({ epoch }) => void met.push(epoch),
        timeouts,
        clock,
        random: realRandom,
        logger: silentLogger,
      });
      return { ...writer, met };
    },
    reader: () => {
      const pauses = { count: 0 };
      const reader = createStateReader({
        folder: () => at.folder,
        desk: () => stateDesk,
        timeouts,
        clock,
        pause: async () => {
          pauses.count += 1;
        },
      });
      return {
        ...reader,
        pauses,
        numbers: async () => (await reader.states()).map(({ state }) => state.number),
      };
    },
  };
}

const MIN = 60_000;

describe('a till that leaves its state', () => {
  it('replaces it as a whole, and leaves nothing beside it', async () => {
    const { at, writer, read, shared } = folderAt();
    const one = writer(1);
    expect(await one.write()).toBeNull();
    at.nowMs += 5 * MIN;
    expect(await one.write()).toBeNull();
    expect(read(1)).toMatchObject({ atMs: at.nowMs, tillId: tillIdOf(1), copyAtMs: null });
    expect(readdirSync(join(shared, 'states'))).toEqual([stateFileOf(tillIdOf(1))]);
  });

  it('says that another computer runs it, where that one wrote in between, and meets its epoch', async () => {
    const { at, writer, read } = folderAt();
    const one = writer(1);
    await one.write();
    at.nowMs += 5 * MIN;
    const copy = writer(1, { epoch: 'another-epoch' });
    await copy.write();
    at.nowMs += MIN;
    expect(await one.write()).toBeNull();
    expect(one.copyAtMs()).toBe(at.nowMs);
    expect(one.met).toEqual(['another-epoch']);
    expect(read(1)).toMatchObject({ copyAtMs: at.nowMs, epoch: stateOf().epoch });
    await copy.write();
    expect(copy.copyAtMs()).toBe(at.nowMs);
    await one.write();
    at.nowMs += 86_400_000;
    expect(await one.write()).toBeNull();
    expect([one.copyAtMs(), read(1)]).toMatchObject([null, { copyAtMs: null }]);
  });

  it('forgets a copy also where it was met by a clock that was ahead', async () => {
    const { at, writer } = folderAt();
    const one = writer(1);
    await one.write();
    at.nowMs += 400 * 86_400_000;
    await writer(1, { epoch: 'another-epoch' }).write();
    await one.write();
    expect(one.copyAtMs()).toBe(at.nowMs);
    at.nowMs -= 400 * 86_400_000;
    await one.write();
    expect(one.copyAtMs()).toBeNull();
  });

  it('is no copy of itself, whichever of its earlier files somebody puts back', async () => {
    const { at, writer, put } = folderAt();
    const one = writer(1);
    for (const agoMin of [600, 590, 580, -60]) {
      await one.write();
      put(stateOf({ run: 'an-earlier-run', atMs: at.nowMs - agoMin * MIN }));
      at.nowMs += 5 * MIN;
    }
    await one.write();
    expect(one.copyAtMs()).toBeNull();
  });

  it('finds its folder made by another that starts at the same moment', async () => {
    const { at, writer } = folderAt();
    // Each on a computer of its own.
    at.timeouts = { run: ({ work }) => work(), isBusy: () => false };
    const ends = await Promise.all([1, 2, 3, 4].map((number) => writer(number).write()));
    expect(ends).toEqual([null, null, null, null]);
  });

  it('takes what lay there before it began for its own past', async () => {
    const { at, writer, put } = folderAt();
    put(stateOf({ run: 'yesterdays-run', atMs: at.nowMs + MIN }));
    const one = writer(1);
    await one.write();
    at.nowMs += 5 * MIN;
    await one.write();
    expect(one.copyAtMs()).toBeNull();
  });

  it('writes over what nobody can read, whoever put it there', async () => {
    const { writer, read, file, put } = folderAt();
    put(stateOf());
    writeFileSync(file(1), 'half a fi');
    expect(await writer(1).write()).toBeNull();
    expect(read(1)).toMatchObject({ number: 1 });
    truncateSync(file(1), 50_000_000);
    expect(await writer(1).write()).toBeNull();
    expect(readFileSync(file(1)).length).toBeLessThan(8_000);
  });

  it('says once what keeps it from writing, and goes on', async () => {
    const { at, writer, shared } = folderAt();
    const one = writer(1);
    at.timeouts = hanging;
    expect(await one.write()).toEqual({ code: 'chain-folder-hangs' });
    at.timeouts = createTimeouts(realClock);
    rmSync(shared, { recursive: true });
    expect(await one.write()).toEqual({ code: 'chain-folder-gone' });
    writeFileSync(shared, 'a file');
    expect(await one.write()).toMatchObject({ code: 'chain-not-written' });
    at.folder = null;
    expect(await one.write()).toBeNull();
  });

  itOnPosix('follows no link', async () => {
    const { writer, shared, file } = folderAt();
    const elsewhere = temporaryFolder();
    symlinkSync(elsewhere, join(shared, 'states'));
    expect(await writer(1).write()).toEqual({ code: 'chain-not-written', details: { system: 'ELOOP' } });
    expect(readdirSync(elsewhere)).toEqual([]);
    rmSync(join(shared, 'states'));
    mkdirSync(join(shared, 'states'));
    writeFileSync(join(elsewhere, 'kept'), 'as it was');
    symlinkSync(join(elsewhere, 'kept'), file(1));
    expect(await writer(1).write()).toBeNull();
    expect(readFileSync(join(elsewhere, 'kept'), 'utf8')).toBe('as it was');
  });
});

describe('who reads the states', () => {
  it('reads 200 of them in steps, each file once, and nothing else in the folder', async () => {
    const { put, reader, shared, at } = folderAt();
    for (let number = 1; number <= 200; number += 1) put(stateOf({ number, atMs: at.nowMs - MIN }));
    writeFileSync(join(shared, 'states', 'notes.txt'), 'x');
    writeFileSync(join(shared, 'states', `${stateFileOf(tillIdOf(1))}.temporary`), 'x');
    const { states, pauses, latest } = reader();
    const found = await states();
    expect(found).toHaveLength(200);
    // One pause a file.
    expect(pauses.count).toBe(200);
    expect(latest()).toBe(latest());
    expect(found[0]).toMatchObject({ seenAtMs: at.nowMs - MIN, aheadMs: 0 });
  });

  it('keeps to 300 files, and hides none that it knows behind a heap of others', async () => {
    const { put, reader, shared } = folderAt();
    const { numbers, unused } = reader();
    put(stateOf({ number: 5_000 }));
    expect(await numbers()).toEqual([5_000]);
    for (let number = 1; number <= 400; number += 1)
      writeFileSync(join(shared, 'states', stateFileOf(tillIdOf(number))), 'x');
    expect(await numbers()).toEqual([5_000]);
    expect(unused().size).toBe(299);
  });

  it('comes to each, however large the heap, also right after a start', async () => {
    const { put, reader, shared } = folderAt();
    put(stateOf({ number: 5_000 }));
    for (let number = 1; number <= 700; number += 1)
      writeFileSync(join(shared, 'states', stateFileOf(tillIdOf(number))), 'x');
    const { numbers } = reader();
    await numbers();
    await numbers();
    expect(await numbers()).toEqual([5_000]);
  });

  it('uses no other account’s, none that was altered, and tells why', async () => {
    const { put, reader, file } = folderAt();
    put(stateOf({ number: 1 }));
    put(stateOf({ number: 2 }), { ...stateDesk, account: { ...stateDesk.account, appId: 'B2' } });
    put(stateOf({ number: 3 }), { ...stateDesk, appKey: 'ANOTHER-KEY' });
    put(stateOf({ number: 4 }));
    truncateSync(file(4), 300);
    put(stateOf({ number: 5 }));
    truncateSync(file(5), 50_000_000);
    put(stateOf({ number: 6 }));
    // One till's state in another's place.
    writeFileSync(file(7), readFileSync(file(6)));
    mkdirSync(file(8));
    const { numbers, unused } = reader();
    expect(await numbers()).toEqual([1, 6]);
    expect([...unused().values()]).toEqual([
      'other-account',
      'other-key',
      'cut-off',
      'too-large',
      'altered',
      'unreadable',
    ]);
  });

  it('goes by what it read before while the folder hangs, is gone, or a file is', async () => {
    const { at, put, reader, shared, file } = folderAt();
    const { numbers, problem, forget } = reader();
    put(stateOf({ number: 1 }));
    put(stateOf({ number: 2 }));
    expect(await numbers()).toEqual([1, 2]);
    at.timeouts = hanging;
    expect(await numbers()).toEqual([1, 2]);
    expect(problem()).toEqual({ code: 'chain-folder-hangs' });
    at.timeouts = createTimeouts(realClock);
    rmSync(file(2));
    expect(await numbers()).toEqual([1, 2]);
    expect(problem()).toBeNull();
    rmSync(shared, { recursive: true });
    expect(await numbers()).toEqual([1, 2]);
    expect(problem()).toEqual({ code: 'chain-folder-gone' });
    forget();
    expect(await numbers()).toEqual([]);
  });

  it('stops after fifteen seconds, and begins the next time with what it did not come to', async () => {
    const { at, put, reader } = folderAt();
    for (let number = 1; number <= 24; number += 1) put(stateOf({ number }));
    const slow = createTimeouts(realClock);
    at.timeouts = {
      ...slow,
      run: async (of) => {
        at.nowMs += 7_000;
        return slow.run(of);
      },
    };
    const { numbers } = reader();
    const first = await numbers();
    expect(first).toHaveLength(16);
    at.nowMs += 5 * MIN;
    expect(await numbers()).toHaveLength(24);
  });
});
