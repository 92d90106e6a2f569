import { execFileSync } from 'node:child_process';
import {
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { makeLock } from '../../../main/kernel/sealing/lock.ts';
import { sealFile } from '../../../main/kernel/sealing/sealed-file.ts';
import { systemRandom } from '../../../main/kernel/system.ts';
import { MOST_BYTES } from '../../../main/safety/black-box/black-box-file.ts';
import { uid } from '../../kit/losing.ts';
import { describeOnPosix } from '../../kit/posix.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { catchUp, namesIn, problemOf, read, shop, sumsOf } from './support/shop.ts';

type Shop = Awaited<ReturnType<typeof shop>>;

/** What lies there while the till is closed; it is opened again over it, and an entry is made. */
async function openedOver(of: Shop, lay: () => void) {
  await of.driven.till.close();
  lay();
  const again = await of.driven.restart();
  again.till.topUp(uid, '6.00');
  await catchUp(again);
  return again;
}

/** The till goes on by itself once it is taken away, with nothing missing. */
async function expectGoesOn(of: Shop, again: Shop['driven']) {
  renameSync(of.file, join(of.stick, 'taken-away'));
  await catchUp(again);
  expect(problemOf(again)).toBeNull();
  const { ways, isTorn } = await read(of.file);
  expect([sumsOf(ways.at(-1)), isTorn]).toEqual([['5', '6'], false]);
}

async function shopWithEntry() {
  const of = await shop();
  of.driven.till.topUp(uid, '5.00');
  await catchUp(of.driven);
  return of;
}

const user = 'a photograph of somebody\n'.repeat(40);

describeOnPosix('a black box follows no link', () => {
  const links = { 'symbolic link': symlinkSync, 'second name': linkSync } as const;

  it.each(['symbolic link', 'second name'] as const)('to a file of the user: %s', async (kind) => {
    const of = await shopWithEntry();
    const target = join(of.stick, 'photograph');
    writeFileSync(target, user);
    const again = await openedOver(of, () => {
      rmSync(of.file);
      links[kind](target, of.file);
    });
    expect(problemOf(again)).toBe('black-box-not-plain');
    expect(readFileSync(target, 'utf8')).toBe(user);
    await expectGoesOn(of, again);
    expect(readFileSync(target, 'utf8')).toBe(user);
  });

  it.each(['symbolic link', 'second name'] as const)('to the live database: %s', async (kind) => {
    const of = await shopWithEntry();
    const live = databaseFile(liveFolder(of.driven.till.folder));
    const again = await openedOver(of, () => {
      rmSync(of.file);
      links[kind](live, of.file);
    });
    expect(problemOf(again)).toBe('black-box-not-plain');
    expect(readFileSync(live).subarray(0, 15).toString()).toBe('SQLite format 3');
    await expectGoesOn(of, again);
    // It opens, and has both.
    const third = await again.restart();
    await catchUp(third);
    expect(sumsOf((await read(of.file)).ways.at(-1))).toEqual(['5', '6']);
  });

  it('to a box of its own that lies elsewhere, nor to nothing', async () => {
    const of = await shopWithEntry();
    const elsewhere = join(of.stick, 'elsewhere');
    await of.driven.till.close();
    const before = readFileSync(of.file);
    const again = await openedOver(of, () => {
      renameSync(of.file, elsewhere);
      symlinkSync(elsewhere, of.file);
    });
    expect(problemOf(again)).toBe('black-box-not-plain');
    expect(readFileSync(elsewhere).equals(before)).toBe(true);
    const nothing = await openedOver({ ...of, driven: again }, () => {
      rmSync(of.file);
      symlinkSync(join(of.stick, 'nothing'), of.file);
    });
    expect(problemOf(nothing)).toBe('black-box-not-plain');
    expect(readlinkSync(of.file)).toBe(join(of.stick, 'nothing'));
  });

  it('that takes its place while it is open, nor goes on in a file that was given a second name', async () => {
    const of = await shopWithEntry();
    const target = join(of.stick, 'photograph');
    writeFileSync(target, user);
    renameSync(of.file, join(of.stick, 'box'));
    symlinkSync(target, of.file);
    of.driven.till.topUp(uid, '6.00');
    await catchUp(of.driven);
    expect(problemOf(of.driven)).toBe('black-box-not-plain');
    expect(readFileSync(target, 'utf8')).toBe(user);
    rmSync(of.file);
    linkSync(join(of.stick, 'box'), of.file);
    await catchUp(of.driven);
    expect(problemOf(of.driven)).toBe('black-box-not-plain');
    rmSync(join(of.stick, 'box'));
    await catchUp(of.driven);
    expect(problemOf(of.driven)).toBeNull();
    expect(sumsOf((await read(of.file)).ways.at(-1))).toEqual(['5', '6']);
  });

  it('and waits for no pipe and writes into no folder', async () => {
    const of = await shopWithEntry();
    const piped = await openedOver(of, () => {
      rmSync(of.file);
      execFileSync('mkfifo', [of.file]);
    });
    expect(problemOf(piped)).toBe('black-box-not-plain');
    expect(lstatSync(of.file).isFIFO()).toBe(true);
    const again = await openedOver({ ...of, driven: piped }, () => {
      rmSync(of.file);
      mkdirSync(of.file);
    });
    expect(problemOf(again)).toBe('black-box-not-plain');
    renameSync(of.file, join(of.stick, 'taken-away'));
    await catchUp(again);
    expect(problemOf(again)).toBeNull();
    expect(sumsOf((await read(of.file)).ways.at(-1))).toEqual(['5', '6', '6']);
  });
});

describe('a black box leaves what it did not make', () => {
  const foreign: readonly [string, Buffer][] = [
    ['of a user', Buffer.from(user)],
    ['without a byte', Buffer.alloc(0)],
    ['shorter than any head', Buffer.from('\0\0')],
    ['of zeros', Buffer.alloc(9_000)],
    ['that begins with a picture', Buffer.concat([Buffer.from('\x89PNG\r\n'), Buffer.alloc(500_000, 7)])],
  ];

  it.each(foreign)('a file %s', async (_, bytes) => {
    const of = await shopWithEntry();
    const again = await openedOver(of, () => writeFileSync(of.file, bytes));
    expect(problemOf(again)).toBe('black-box-foreign');
    expect(readFileSync(of.file).equals(bytes)).toBe(true);
    await expectGoesOn(of, again);
    expect(readFileSync(join(of.stick, 'taken-away')).equals(bytes)).toBe(true);
  });

  it('a sealed backup under its own lock, and a box under another', async () => {
    const of = await shopWithEntry();
    const { settings } = of.driven.till.session.kernel;
    const { lock } = JSON.parse(settings.get('backups.place') ?? '');
    const plain = join(temporaryFolder(), 'plain');
    writeFileSync(plain, user);
    for (const under of [lock, await makeLock('another one, of 2026', systemRandom)]) {
      const sealed = join(temporaryFolder(), 'sealed');
      await sealFile(plain, sealed, under, systemRandom);
      const bytes = readFileSync(sealed);
      writeFileSync(of.file, bytes);
      await catchUp(of.driven);
      expect(problemOf(of.driven)).toBe('black-box-foreign');
      expect(readFileSync(of.file).equals(bytes)).toBe(true);
    }
  });

  it('under the name of the one that was too large, and beside which it writes anew', async () => {
    const of = await shopWithEntry();
    await of.driven.till.close();
    const before = `${of.file}.before`;
    writeFileSync(before, user);
    truncateSync(of.file, MOST_BYTES + 1);
    const again = await of.driven.restart();
    await catchUp(again);
    expect(problemOf(again)).toBe('black-box-foreign');
    expect(readFileSync(before, 'utf8')).toBe(user);
    const beside = join(of.folder, 'entries-new.cfblackbox');
    renameSync(before, beside);
    again.till.topUp(uid, '6.00');
    await catchUp(again);
    expect(problemOf(again)).toBeNull();
    expect(namesIn(of.folder)).toEqual([
      'entries-new.cfblackbox',
      'entries.cfblackbox',
      'entries.cfblackbox.before',
    ]);
    expect(readFileSync(beside, 'utf8')).toBe(user);
    expect(sumsOf((await read(of.file)).ways.at(-1))).toEqual(['5', '6']);
  });
});
