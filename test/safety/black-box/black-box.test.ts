import {
  appendFileSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { kybio } from '../../../main/hosts/kybio/kybio.ts';
import { limWei, meiLing } from '../../../main/hosts/practice/members.ts';
import { PLACE_FOLDER } from '../../../main/safety/backups/second-place.ts';
import { entriesInRows, isOpen } from '../../../main/safety/black-box/entries-in-rows.ts';
import { readBlackBox } from '../../../main/safety/black-box/read-black-box.ts';
import { reportBlackBox } from '../../../main/safety/black-box/report-black-box.ts';
import { copyOf, putBack } from '../../kit/data-folder.ts';
import type { Driven } from '../../kit/driven-till.ts';
import { entry, uid } from '../../kit/losing.ts';
import { catchUp, keyFor, passphrase, read, shop } from './support/shop.ts';

const entriesIn = async (file: string) => {
  const { ways } = await read(file);
  return entriesInRows(ways.at(-1) ?? [], kybio.readIncrement);
};

/** Every row of the till's journal from the box's first on, without a gap. */
async function expectNoGap(file: string, { till }: Driven): Promise<void> {
  const numbers = (await read(file)).ways.at(-1)?.map(({ number }) => number) ?? [];
  const last = till.session.ledger.journal?.head().count ?? 0;
  expect(numbers.at(-1)).toBe(last);
  const from = numbers.findIndex((number, at) => at > 0 && number === (numbers[at - 1] ?? 0) + 1);
  expect(numbers.slice(from)).toEqual(
    Array.from({ length: numbers.length - from }, (_, at) => (numbers[from] ?? 0) + at),
  );
}

describe('a black box on a stick', () => {
  it('lists what a till that is lost had open, and what had ended', async () => {
    const { driven, file } = await shop();
    const done = driven.till.topUp(uid, '5.00');
    await driven.drive(() => entry(driven, done.id).state === 'confirmed');
    await driven.store.setPlug(false);
    driven.till.topUp(uid, '10.00');
    driven.till.topUp(limWei.customerUid, '20.00', '7');
    await driven.settle();
    await catchUp(driven);
    const { entries, unreadable } = await entriesIn(file);
    expect(unreadable).toBe(0);
    expect(entries.map(({ balance, state }) => [balance, state])).toEqual([
      ['5', 'confirmed'],
      ['10', 'queued'],
      ['20', 'queued'],
    ]);
    expect(entries.filter(isOpen).map(({ memberName }) => memberName)).toEqual([meiLing.name, limWei.name]);
    expect(entries[2]).toMatchObject({ memberNumber: limWei.number, point: '7' });
  });

  it('takes the names along, and tells an entry whose names it has not as of nobody', async () => {
    const { driven, file } = await shop();
    await driven.store.setPlug(false);
    driven.till.topUp(uid, '10.00');
    await catchUp(driven);
    const rows = (await read(file)).ways.at(-1) ?? [];
    expect(JSON.stringify(rows.map(({ named: _, ...row }) => row))).not.toContain(meiLing.name);
    const told = (from: typeof rows) => entriesInRows(from, kybio.readIncrement);
    expect(told(rows).entries).toMatchObject([{ memberName: meiLing.name, memberNumber: meiLing.number }]);
    const without = rows.map(({ named: _, ...row }) => row);
    const of = rows.map((row) =>
      row.named === undefined ? row : { ...row, named: { ...row.named, name: limWei.name } },
    );
    for (const lacking of [without, of])
      expect(told(lacking)).toMatchObject({
        entries: [{ memberName: '', memberNumber: '', balance: '10', state: 'queued' }],
        unreadable: 0,
      });
  });

  it('is told to a person as what was open, of whatever way the journal went', async () => {
    const { driven, file } = await shop();
    const done = driven.till.topUp(uid, '5.00');
    await driven.drive(() => entry(driven, done.id).state === 'confirmed');
    await driven.store.setPlug(false);
    driven.till.topUp(limWei.customerUid, '20.00');
    await driven.settle();
    await catchUp(driven);
    const tell = (at: string, by: string) => reportBlackBox(at, by, kybio.readIncrement);
    expect(await tell(file, passphrase)).toMatchObject({
      ok: true,
      value: { open: [{ memberName: limWei.name, balance: '20', state: 'queued' }], ended: 1, unreadable: 0 },
    });
    expect(await tell(file, 'another one')).toEqual({ ok: false, error: 'This is not its passphrase.' });
    expect(await tell(`${file}x`, passphrase)).toEqual({ ok: false, error: 'It cannot be read (ENOENT).' });
    writeFileSync(file, 'x');
    expect(await tell(file, passphrase)).toMatchObject({ ok: false });
  });

  it('follows by itself, each commit soon after it', async () => {
    const { driven, file } = await shop();
    driven.till.session.start();
    const { id } = driven.till.topUp(uid, '5.00');
    await driven.drive(() => entry(driven, id).state === 'confirmed');
    // In turn behind what it began by itself.
    await driven.till.close();
    await expect(entriesIn(file)).resolves.toMatchObject({ entries: [{ state: 'confirmed' }] });
  });

  it('shows no name, number, key or signature to whoever has no passphrase', async () => {
    const { driven, file } = await shop();
    driven.till.topUp(uid, '5.00');
    await catchUp(driven);
    const bytes = readFileSync(file);
    for (const word of [meiLing.name, meiLing.number, uid, driven.store.appKey, 'added', 'Counter 1'])
      expect(bytes.includes(word)).toBe(false);
    expect(await readBlackBox(file, async () => null)).toMatchObject({
      ok: false,
      error: { code: 'passphrase-wrong' },
    });
  });

  it('that was pulled out and put back goes on without a gap, over a restart as well', async () => {
    const { stick, driven, file } = await shop();
    driven.till.topUp(uid, '5.00');
    await catchUp(driven);
    renameSync(join(stick, PLACE_FOLDER), join(stick, 'away'));
    driven.till.topUp(uid, '6.00');
    await catchUp(driven);
    expect(driven.till.session.safety.blackBox?.problem()?.code).toBe('backup-place-gone');
    const again = await driven.restart();
    again.till.topUp(uid, '7.00');
    await catchUp(again);
    expect(readdirSync(stick)).toEqual(['away']);
    renameSync(join(stick, 'away'), join(stick, PLACE_FOLDER));
    await catchUp(again);
    expect(again.till.session.safety.blackBox?.problem()).toBeNull();
    expect((await entriesIn(file)).entries.map(({ balance }) => balance)).toEqual(['5', '6', '7']);
    await expectNoGap(file, again);
  });

  it.each([1, 3, 5, 40, 200])(
    'that was torn off %i bytes before its end loses no whole row, and goes on',
    async (bytes) => {
      const { driven, file } = await shop();
      driven.till.topUp(uid, '5.00');
      await catchUp(driven);
      await driven.till.close();
      const whole = readFileSync(file);
      // Half a frame that was on its way when the power went.
      appendFileSync(file, whole.subarray(0, bytes));
      const torn = await read(file);
      expect(torn.isTorn || bytes === 200).toBe(true);
      const again = await driven.restart();
      again.till.topUp(uid, '6.00');
      await catchUp(again);
      expect((await entriesIn(file)).entries.map(({ balance }) => balance)).toEqual(['5', '6']);
      await expectNoGap(file, again);
    },
  );

  it.each([
    ['zeros, as a stick that was pulled out leaves them', () => Buffer.alloc(4_099)],
    ['what is none of its frames', () => Buffer.alloc(4_099, 0x5a)],
  ])('at whose end there are %s goes on behind what is whole, without a gap', async (_, rest) => {
    const { driven, file } = await shop();
    driven.till.topUp(uid, '5.00');
    await catchUp(driven);
    await driven.till.close();
    appendFileSync(file, rest());
    expect((await read(file)).isTorn).toBe(true);
    const again = await driven.restart();
    again.till.topUp(uid, '6.00');
    await catchUp(again);
    expect((await entriesIn(file)).entries.map(({ balance }) => balance)).toEqual(['5', '6']);
    await expectNoGap(file, again);
  });

  it.each([100, 1_500])(
    'that lost its last %i bytes, which had been written, is given them again',
    async (bytes) => {
      const { driven, file } = await shop();
      await driven.store.setPlug(false);
      driven.till.topUp(uid, '5.00');
      await driven.settle();
      await catchUp(driven);
      await driven.till.close();
      const whole = readFileSync(file);
      writeFileSync(file, Buffer.concat([whole.subarray(0, whole.length - bytes), Buffer.alloc(bytes)]));
      const again = await driven.restart();
      again.till.topUp(limWei.customerUid, '6.00');
      await catchUp(again);
      expect((await entriesIn(file)).entries.map(({ balance }) => balance)).toEqual(['5', '6']);
      await expectNoGap(file, again);
    },
  );

  it('takes rows once that a till which died wrote twice', async () => {
    const { driven, file } = await shop();
    await catchUp(driven);
    const image = copyOf(driven.till.folder);
    driven.till.topUp(uid, '5.00');
    await catchUp(driven);
    await driven.till.close();
    const live = driven.till.folder;
    const kept = copyOf(live);
    // The cursor of before with the journal of now, as where its commit was lost.
    putBack(kept, live);
    const again = await driven.restart();
    again.till.session.kernel.settings.set('black-box.cursor', `${readIdOf(image)} 1`);
    await catchUp(again);
    expect((await entriesIn(file)).entries).toHaveLength(1);
  });

  it('of a till that was put back tells both ways that its journal went', async () => {
    const { driven, file } = await shop();
    const before = copyOf(driven.till.folder);
    await driven.store.setPlug(false);
    driven.till.topUp(uid, '5.00');
    await driven.settle();
    await catchUp(driven);
    await driven.till.close();
    putBack(before, driven.till.folder);
    const again = await driven.restart();
    again.till.topUp(limWei.customerUid, '9.00');
    await catchUp(again);
    const { ways } = await read(file);
    const told = ways.map((rows) =>
      entriesInRows(rows, kybio.readIncrement).entries.map(({ balance }) => balance),
    );
    expect(told[0]).toEqual(['5']);
    expect(told.at(-1)).toEqual(['9']);
  });

  it('that was changed tells what still opens and that something does not, and what is none is refused', async () => {
    const { driven, file } = await shop();
    driven.till.topUp(uid, '5.00');
    await catchUp(driven);
    const whole = readFileSync(file);
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(whole.length - 20) ^ 1, whole.length - 20);
    writeFileSync(file, changed);
    expect((await read(file)).isTorn).toBe(true);
    for (const bytes of [Buffer.from('<html>'), Buffer.alloc(0), Buffer.alloc(9_000)]) {
      writeFileSync(file, bytes);
      expect(await readBlackBox(file, keyFor)).toMatchObject({
        ok: false,
        error: { code: 'backup-damaged' },
      });
    }
  });

  it('whose file is gone begins anew with what is open and the newest besides', async () => {
    const { driven, file } = await shop();
    const done = driven.till.topUp(uid, '5.00');
    await driven.drive(() => entry(driven, done.id).state === 'confirmed');
    await driven.store.setPlug(false);
    driven.till.topUp(uid, '6.00');
    await driven.settle();
    await driven.till.close();
    rmSync(file);
    const again = await driven.restart();
    await catchUp(again);
    expect((await entriesIn(file)).entries.map(({ balance }) => balance)).toEqual(['5', '6']);
  });

  it.runIf(process.platform === 'linux')('is let go where the till cannot keep how far it is', async () => {
    const { driven, file } = await shop();
    await driven.till.close();
    const again = await driven.restart();
    const set = vi.spyOn(again.till.session.kernel.settings, 'set').mockImplementation(() => {
      throw new Error('disk');
    });
    await catchUp(again);
    expect(set).toHaveBeenCalled();
    const open = readdirSync('/proc/self/fd').map((fd) => targetOf(join('/proc/self/fd', fd)));
    expect(open).not.toContain(file);
    set.mockRestore();
    await catchUp(again);
    await expectNoGap(file, again);
  });
});

/** What a descriptor stands for; nothing where it is closed by now. */
function targetOf(descriptor: string): string | null {
  try {
    return readlinkSync(descriptor);
  } catch {
    return null;
  }
}

/** The place's id, as the till keeps it. */
function readIdOf(folder: string): string {
  const text = readFileSync(join(folder, 'live', 'counterfoil.db')).toString('latin1');
  const log = readFileSync(join(folder, 'live', 'counterfoil.db-wal')).toString('latin1');
  return /"id":"([0-9a-f-]{36})","lock"/.exec(text + log)?.[1] ?? '';
}
