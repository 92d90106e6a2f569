import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { backupFolder, liveFolder } from '../../main/kernel/folders.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { restoreBackup } from '../../main/safety/backups/restore.ts';
import { PLACE_FOLDER } from '../../main/safety/backups/second-place.ts';
import { checkHere } from '../../main/safety/integrity/integrity.ts';
import { OPEN_ENTRIES_FILE, readOpenEntries } from '../../main/safety/open-entries/open-entries.ts';
import { RESTORED_FILE } from '../../main/safety/restored.ts';
import type { LostEntry, Restored } from '../../preload/contract/index.ts';
import { remove } from '../kit/data-folder.ts';
import type { Driven } from '../kit/driven-till.ts';
import { openLosing, uid } from '../kit/losing.ts';
import { realRandom } from '../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../kit/till.ts';

const passphrase = 'seven kopi peng at noon';
const secrets = { appKey: 'k', pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 9) };

/** A backup with one open entry; then an entry that is lost; then that backup put back, and another that is lost. */
async function lostTwice(isGoneThrough: boolean) {
  const stick = temporaryFolder();
  const driven = await openLosing({}, null, { backups: {} });
  await driven.store.setPlug(false);
  const enter = async (till: Driven, sum: string) => {
    till.till.topUp(uid, sum);
    await till.settle();
    await till.till.session.safety.openEntries?.catchUp();
  };
  const { backups } = driven.till.session.safety;
  await backups?.choosePlace({ folder: stick, passphrase }, theManager);
  await enter(driven, '3.00');
  const made = await backups?.backupNow('asked');
  if (made === undefined || !made.ok) throw new Error('no backup');
  const { folder } = driven.till;
  const putBack = (open: readonly LostEntry[]) =>
    restoreBackup(
      {
        ...{ clock: driven.clock, random: realRandom, logger: silentLogger, integrity: checkHere },
        ...{ protocol: kybio, machine: null, backupFolder: backupFolder(folder) },
        ...{ liveFolder: liveFolder(folder), headCopyFolder: join(folder, 'copy') },
        vault: createMemoryVault(secrets, realRandom),
      },
      { file: made.value.file, madeAtMs: made.value.atMs, otherMachine: false, secrets: null, open },
    );
  await enter(driven, '5.00');
  await driven.till.close();
  driven.clock.pass(60_000);
  expect(await putBack([])).toEqual({ ok: true, value: {} });
  const again = await driven.restart();
  again.till.session.start();
  if (isGoneThrough) {
    const room = again.till.session.rooms.find(({ name }) => name === 'backups');
    await room?.managersHandlers?.['backups:acknowledgeRestore']?.({}, theManager);
  }
  await enter(again, '9.00');
  await again.till.close();
  const [till = ''] = readdirSync(join(stick, PLACE_FOLDER));
  const open = await readOpenEntries(join(stick, PLACE_FOLDER, till, OPEN_ENTRIES_FILE), passphrase);
  if (!open.ok) throw new Error(open.error.code);
  // The computer is lost: the stick is all that there is.
  remove([liveFolder(folder)]);
  expect(await putBack(open.value)).toEqual({ ok: true, value: {} });
  const restored = JSON.parse(readFileSync(join(liveFolder(folder), RESTORED_FILE), 'utf8')) as Restored;
  return restored.entries.map(({ balance }) => balance);
}

it('the list in the second place shows what the backup lacks, after two restores too', async () => {
  expect(await lostTwice(false)).toEqual(['5', '9']);
});

it('what a manager has gone through is not listed once more', async () => {
  expect(await lostTwice(true)).toEqual(['9']);
});
