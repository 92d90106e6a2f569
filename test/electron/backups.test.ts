import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill } from '../support/electron-app.ts';
import { makeBackup, putNewestBack } from '../support/electron-backups.ts';
import { expectBroken } from '../support/electron-broken.ts';
import { managerPin, topUp, untilRows, words } from '../support/electron-till.ts';

it('puts one back where the till’s folder is gone, keys and all', async () => {
  const store = await startPracticeStore();
  const first = await openTill(store, { managerPin });
  await topUp(first.page, meiLing, '50');
  await untilRows(first.page, 1, 'Done');
  await makeBackup(first);
  await first.kill();
  rmSync(join(first.folder, 'live'), { recursive: true });
  const app = await openApp({ folder: first.folder });
  await expectBroken(app, 'data-missing');
  await app.page.getByRole('button', { name: words('broken.restore') }).click();
  await putNewestBack(app);
  await untilRows(app.page, 1, 'Done');
  await topUp(app.page, meiLing, '10');
  await untilRows(app.page, 2, 'Done');
  expect(store.increments()).toHaveLength(2);
});
