import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { backupFolder, liveFolder } from '../../main/kernel/folders.ts';
import { openLock } from '../../main/kernel/sealing/lock.ts';
import type { JournalRow } from '../../main/ledger/journal/chain.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { restoreBackup } from '../../main/safety/backups/restore.ts';
import { BLACK_BOX_FILE, PLACE_FOLDER } from '../../main/safety/backups/second-place.ts';
import { readBlackBox } from '../../main/safety/black-box/read-black-box.ts';
import { checkHere } from '../../main/safety/integrity/integrity.ts';
import { RESTORED_FILE } from '../../main/safety/restored.ts';
import type { Restored } from '../../preload/contract/index.ts';
import { remove } from '../kit/data-folder.ts';
import type { Driven } from '../kit/driven-till.ts';
import { openLosing, uid } from '../kit/losing.ts';
import { realRandom } from '../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../kit/till.ts';

const passphrase = 'seven kopi peng at noon';
const journalKey = Buffer.alloc(32, 9);

type Ways = readonly (readonly JournalRow[])[];

/** A backup; then an entry that is lost; then that backup put back, and an entry that is lost as well. */
async function lostTwice(isGoneThrough: boolean) {
  const stick = temporaryFolder();
  const driven = await openLosing({}, null, { backups: {} });
  const {
    safety: { backups },
  } = driven.till.session;
  await backups?.choosePlace({ folder: stick, passphrase }, theManager);
  const made = await backups?.backupNow('asked');
  if (made === undefined || !made.ok) throw new Error('no backup');
  await driven.store.setPlug(false);
  const enter = async (till: Driven, sum: string) => {
    till.till.topUp(uid, sum);
    await till.settle();
    await till.till.session.safety.blackBox?.catchUp();
  };
  const { folder } = driven.till;
  const putBack = (told: Ways, key: Buffer | null) =>
    restoreBackup(
      {
        ...{ clock: driven.clock, random: realRandom, logger: silentLogger, integrity: checkHere },
        ...{ protocol: kybio, machine: null, backupFolder: backupFolder(folder) },
        ...{ liveFolder: liveFolder(folder), headCopyFolder: join(folder, 'copy') },
        vault: createMemoryVault(
          key === null ? null : { appKey: 'k', pinPepper: Buffer.alloc(32, 7), journalKey: key },
          realRandom,
        ),
      },
      { file: made.value.file, madeAtMs: made.value.atMs, otherMachine: false, secrets: null, told },
    );
  await enter(driven, '5.00');
  await driven.till.close();
  driven.clock.pass(60_000);
  expect(await putBack([], journalKey)).toEqual({ ok: true, value: {} });
  const again = await driven.restart();
  again.till.session.start();
  if (isGoneThrough) {
    const room = again.till.session.rooms.find(({ name }) => name === 'backups');
    await room?.managersHandlers?.['backups:acknowledgeRestore']?.({}, theManager);
  }
  await enter(again, '9.00');
  await again.till.close();
  const [till = ''] = readdirSync(join(stick, PLACE_FOLDER));
  const box = await readBlackBox(join(stick, PLACE_FOLDER, till, BLACK_BOX_FILE), (lock) =>
    openLock(lock, passphrase),
  );
  if (!box.ok) throw new Error(box.error.code);
  expect(box.value.ways.length).toBeGreaterThan(1);
  // The computer is lost: the stick is all that there is.
  remove([liveFolder(folder)]);
  const listed = async (key: Buffer | null) => {
    expect(await putBack(box.value.ways, key)).toEqual({ ok: true, value: {} });
    const { entries } = JSON.parse(readFileSync(join(liveFolder(folder), RESTORED_FILE), 'utf8')) as Restored;
    return entries.map(({ balance }) => balance);
  };
  return listed;
}

it.each([
  ['with the key at hand', journalKey],
  ['without it', null],
])('a black box tells of what either way of the journal has lost, %s', async (_, key) => {
  const listed = await lostTwice(false);
  expect(await listed(key)).toEqual(['5', '9']);
});

it('what a manager has gone through is not listed once more', async () => {
  const listed = await lostTwice(true);
  expect(await listed(journalKey)).toEqual(['9']);
});
