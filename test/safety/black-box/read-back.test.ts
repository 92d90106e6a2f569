import { existsSync, readFileSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limWei } from '../../../main/hosts/practice/members.ts';
import { makeLock } from '../../../main/kernel/sealing/lock.ts';
import { systemRandom } from '../../../main/kernel/system.ts';
import { openBlackBox } from '../../../main/safety/black-box/black-box-file.ts';
import { rewriteBox } from '../../../main/safety/black-box/rewrite-box.ts';
import { copyOf, putBack } from '../../kit/data-folder.ts';
import type { Driven } from '../../kit/driven-till.ts';
import { uid } from '../../kit/losing.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { catchUp, namesIn, problemOf, read, shop, sumsOf, wear } from './support/shop.ts';

const HOUR_MS = 3_600_000;
const WORN = /^entries-worn-\d{4}-\d\d-\d\d(-\d)?\.cfblackbox$/;

const wornIn = (folder: string) => namesIn(folder).filter((name) => WORN.test(name));

/** A day and no more, in which nobody enters anything, and the box is read as fast as the hours pass. */
async function day(driven: Driven, holds: () => boolean) {
  for (let hour = 0; hour < 24 && !holds(); hour += 1) {
    await driven.pass(HOUR_MS);
    await catchUp(driven);
  }
  expect(holds()).toBe(true);
}

/** One in whose box 5 was paid in, and that was put back to before it: 9 is what its journal has now. */
async function putBackShop() {
  const of = await shop();
  await of.driven.store.setPlug(false);
  const before = copyOf(of.driven.till.folder);
  of.driven.till.topUp(uid, '5.00');
  await catchUp(of.driven);
  await of.driven.till.close();
  putBack(before, of.driven.till.folder);
  const driven = await of.driven.restart();
  await driven.store.setPlug(false);
  driven.till.topUp(limWei.customerUid, '9.00');
  await catchUp(driven);
  return { ...of, driven };
}

describe('a black box that is worn', () => {
  it.each([
    ['a bit of what it says', -20],
    ['a bit of how long a part is', -1_000],
    ['its very first byte', 0],
    ['its first head', 30],
    ['its last bit', -1],
  ])('is found within a day, set aside as it is, and written anew: %s', async (_, at) => {
    const { driven, file, folder } = await shop();
    driven.till.session.start();
    driven.till.topUp(uid, '5.00');
    await catchUp(driven);
    await driven.pass(HOUR_MS);
    await catchUp(driven);
    wear(file, at);
    const worn = readFileSync(file);
    expect(wornIn(folder)).toEqual([]);
    await day(driven, () => wornIn(folder).length > 0);
    const [aside = ''] = wornIn(folder);
    expect(readFileSync(join(folder, aside)).equals(worn)).toBe(true);
    driven.till.topUp(uid, '6.00');
    await catchUp(driven);
    expect(problemOf(driven)).toBeNull();
    const { ways, isTorn } = await read(file);
    expect([ways.length, sumsOf(ways.at(-1)), isTorn]).toEqual([1, ['5', '6'], false]);
  });

  it.each([
    ['a bit', (file: string) => wear(file, -20)],
    ['its end is cut off', (file: string) => truncateSync(file, statSync(file).size - 700)],
    ['nothing but its first bytes are left', (file: string) => truncateSync(file, 600)],
  ])('is found after a start as well: %s', async (_, harm) => {
    const { driven, file, folder } = await shop();
    await driven.store.setPlug(false);
    driven.till.topUp(uid, '5.00');
    await catchUp(driven);
    await driven.till.close();
    harm(file);
    const again = await driven.restart();
    again.till.session.start();
    await again.drive(() => wornIn(folder).length > 0);
    await catchUp(again);
    const { ways, isTorn } = await read(file);
    expect([sumsOf(ways.at(-1)), isTorn, problemOf(again)]).toEqual([['5'], false, null]);
  });

  it('is set aside under a name of its own each time', async () => {
    const { driven, file, folder } = await shop();
    driven.till.topUp(uid, '5.00');
    await catchUp(driven);
    let of = driven;
    for (const times of [1, 2, 3]) {
      await of.till.close();
      wear(file, -20);
      of = await of.restart();
      of.till.session.start();
      await of.drive(() => wornIn(folder).length === times);
    }
    expect(new Set(wornIn(folder)).size).toBe(3);
  });

  it('is left alone where nothing is wrong with it, however often it is read', async () => {
    const { driven, file, folder } = await shop();
    driven.till.session.start();
    driven.till.topUp(uid, '5.00');
    await catchUp(driven);
    await driven.pass(48 * HOUR_MS);
    await catchUp(driven);
    expect(namesIn(folder)).toEqual(['entries.cfblackbox']);
    expect((await read(file)).isTorn).toBe(false);
  });

  it('stays and goes on where it cannot be written anew, and that is said', async () => {
    const { driven, file, folder } = await shop();
    for (const sum of ['4.00', '5.00']) {
      driven.till.topUp(uid, sum);
      await catchUp(driven);
    }
    // Every name that it would be written under is somebody's.
    const taken = ['', ...Array.from({ length: 99 }, (_, at) => `-${at + 2}`)].map((end) =>
      join(folder, `entries-new${end}.cfblackbox`),
    );
    for (const path of taken) writeFileSync(path, 'a photograph');
    await driven.till.close();
    wear(file, -20);
    const again = await driven.restart();
    again.till.session.start();
    await again.drive(() => problemOf(again) === 'black-box-foreign');
    again.till.topUp(uid, '6.00');
    await catchUp(again);
    expect(wornIn(folder)).toEqual([]);
    expect(sumsOf((await read(file)).ways.at(-1))).toContain('6');
    expect(taken.every((path) => readFileSync(path, 'utf8') === 'a photograph')).toBe(true);
    renameSync(taken[0] ?? '', join(folder, 'photograph'));
    await again.drive(() => wornIn(folder).length === 1);
    await catchUp(again);
    expect([problemOf(again), sumsOf((await read(file)).ways.at(-1))]).toEqual([null, ['4', '5', '6']]);
  });
});

describe('what a black box has that the journal lacks', () => {
  it.each([
    ['where the journal has it too', -20],
    ['at its beginning', 30],
  ])('goes along when it is written anew: worn %s', async (_, at) => {
    const { driven, file, folder } = await putBackShop();
    wear(file, at);
    const again = await driven.restart();
    again.till.session.start();
    await again.drive(() => wornIn(folder).length > 0);
    await catchUp(again);
    const { ways, isTorn } = await read(file);
    expect([ways.map(sumsOf), isTorn]).toEqual([[['5'], ['9']], false]);
    // Once more, of the new one.
    await again.till.close();
    wear(file, -20);
    const third = await again.restart();
    third.till.session.start();
    await third.drive(() => wornIn(folder).length > 1);
    await catchUp(third);
    expect((await read(file)).ways.map(sumsOf)).toEqual([['5'], ['9']]);
  });

  it('goes along where the till was put back over a box whose end is torn', async () => {
    const of = await shop();
    await of.driven.store.setPlug(false);
    const before = copyOf(of.driven.till.folder);
    of.driven.till.topUp(uid, '5.00');
    await catchUp(of.driven);
    await of.driven.till.close();
    const whole = readFileSync(of.file);
    writeFileSync(of.file, Buffer.concat([whole, whole.subarray(0, 300), Buffer.alloc(50)]));
    putBack(before, of.driven.till.folder);
    const driven = await of.driven.restart();
    driven.till.topUp(limWei.customerUid, '9.00');
    await catchUp(driven);
    const { ways, isTorn } = await read(of.file);
    expect([ways.map(sumsOf), isTorn]).toEqual([[['5'], ['9']], false]);
    expect(wornIn(of.folder)).toHaveLength(1);
  });
});

describe('writing a box anew', () => {
  async function box() {
    const parts = {
      path: join(temporaryFolder(), 'entries.cfblackbox'),
      lock: await makeLock('seven kopi peng at noon', systemRandom),
      random: systemRandom,
    };
    const row = { number: 1, chain: 1, atMs: 0, entry: null, event: 'noted' as const, version: 0 };
    const rows = [{ ...row, actor: 'a', reason: 'r', content: '{}', mac: 'ab' }];
    const of = { keepBytes: 0, atMs: Date.UTC(2026, 10, 29) };
    await rewriteBox(parts, [rows], of);
    return { parts, rows, of };
  }

  it('leaves the one before under its name where the place is full in the middle of it', async () => {
    const { parts, rows, of } = await box();
    const before = readFileSync(parts.path);
    function* full() {
      yield rows;
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    }
    await expect(rewriteBox(parts, full(), of)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(namesIn(join(parts.path, '..'))).toEqual(['entries.cfblackbox']);
    expect(readFileSync(parts.path).equals(before)).toBe(true);
  });

  it('makes no file where there is nothing to tell', async () => {
    const { parts, of } = await box();
    renameSync(parts.path, `${parts.path}-away`);
    expect(await rewriteBox(parts, [[]], of)).toMatchObject({ aside: null, reached: { end: null } });
    expect(existsSync(parts.path)).toBe(false);
    expect(await openBlackBox(parts, null)).toEqual({ state: 'none' });
  });

  it('removes what a process left that died while it wrote', async () => {
    const { parts, rows, of } = await box();
    const left = parts.path.replace('entries', 'entries-new');
    writeFileSync(left, readFileSync(parts.path).subarray(0, -9));
    await rewriteBox(parts, [rows], of);
    expect(namesIn(join(parts.path, '..'))).toEqual([
      'entries-worn-2026-11-29.cfblackbox',
      'entries.cfblackbox',
    ]);
  });
});

it('a till that died between the two names goes on with the box that was whole', async () => {
  const { driven, file, folder } = await putBackShop();
  await driven.till.close();
  renameSync(file, join(folder, 'entries-new.cfblackbox'));
  const again = await driven.restart();
  await catchUp(again);
  expect(namesIn(folder)).toEqual(['entries.cfblackbox']);
  expect((await read(file)).ways.map(sumsOf)).toEqual([['5'], ['9']]);
});
