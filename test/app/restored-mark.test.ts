import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { liveFolder } from '../../main/kernel/folders.ts';
import { RESTORED_FILE, readRestored } from '../../main/safety/restored.ts';
import { entry, openLosing, uid } from '../kit/losing.ts';
import { temporaryFolder } from '../kit/till.ts';

const unknown = {
  ...{
    backupAtMs: null,
    restoredAtMs: null,
    lostRows: null,
    lostUntilMs: null,
    setAside: null,
    isMoved: false,
  },
};

it.each(['', '{', '{}', 'null', '{"backupAtMs":"x"}'])(
  'a mark that says %j tells of a restore and names no time',
  (text) => {
    const folder = temporaryFolder();
    expect(readRestored(folder)).toBeNull();
    writeFileSync(join(folder, RESTORED_FILE), text);
    expect(readRestored(folder)).toEqual({
      restored: { ...unknown, entries: [] },
      ended: [],
      open: [],
      erased: [],
    });
  },
);

it('a till with such a mark gives what is open to a manager, and tells that a backup was put back', async () => {
  const driven = await openLosing({}, null, { backups: {} });
  await driven.store.setPlug(false);
  const { id } = driven.till.topUp(uid, '10.00');
  await driven.settle();
  await driven.till.close();
  writeFileSync(join(liveFolder(driven.till.folder), RESTORED_FILE), 'half a mar');
  const again = await driven.restart();
  again.till.session.start();
  expect(entry(again, id)).toMatchObject({ state: 'review', cause: 'restored' });
  const room = again.till.session.rooms.find(({ name }) => name === 'backups');
  expect(room?.shows?.restored?.()).toEqual({ ...unknown, entries: [] });
});
