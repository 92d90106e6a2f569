import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { backUpClosed } from '../../../main/safety/backups/back-up-closed.ts';
import { checkHere } from '../../../main/safety/integrity/integrity.ts';
import { createTestClock } from '../../kit/clock.ts';
import { copyOfClosedTill } from '../../kit/closed-till.ts';
import { keys } from '../../kit/closed-till-keys.ts';
import { temporaryFolder } from '../../kit/till.ts';

function closedTill() {
  const data = copyOfClosedTill();
  const file = databaseFile(liveFolder(data));
  const folder = join(temporaryFolder(), 'backups');
  const run = () =>
    backUpClosed({ ...{ databaseFile: file, folder, integrity: checkHere }, clock: createTestClock() });
  return { file, folder, run };
}

it('a till that is not open is backed up whole, with what lies in its log', async () => {
  const { file, folder, run } = closedTill();
  const before = readFileSync(file);
  expect(await run()).toMatchObject({ ok: true });
  const [name = ''] = readdirSync(folder);
  expect(name).toMatch(/-update\.cfbackup$/);
  const [copy, live] = [
    checkHere.check(join(folder, name), keys.journalKey),
    checkHere.check(file, keys.journalKey),
  ];
  expect(await copy).toEqual(await live);
  expect(readFileSync(file).equals(before)).toBe(true);
});

it('one that cannot be read is not', async () => {
  const { file, folder, run } = closedTill();
  writeFileSync(file, 'no database '.repeat(500));
  expect(await run()).toMatchObject({ ok: false });
  expect(readdirSync(folder)).toEqual([]);
});

it('a PC without a till has nothing to back up', async () => {
  const folder = join(temporaryFolder(), 'backups');
  const none = { databaseFile: join(folder, 'none.db'), folder, integrity: checkHere };
  expect(await backUpClosed({ ...none, clock: createTestClock() })).toMatchObject({ ok: true });
  expect(existsSync(folder)).toBe(false);
});
