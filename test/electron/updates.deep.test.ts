import { it } from 'vitest';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import { managerPin, memberField, openFromMenu, words } from '../support/electron-till.ts';
import { lookForUpdates, NEXT_VERSION, openPc, untilReady, updateRow } from '../support/electron-updates.ts';

it('a version that waits to be asked for: at the desk and in its question', async () => {
  const store = await startPracticeStore();
  const { folder, env } = await openPc();
  const open = await openTill(store, { managerPin, policy: { updateOnPress: true } }, { folder, env });
  const { page } = open;
  await lookForUpdates(page);
  await updateRow(page, words('updates.download')).waitFor();
  await look(open, 'update-offered-safety');
  await updateRow(page, words('updates.download')).click();
  await page
    .getByRole('dialog', { name: words('updates.downloadTitle', { version: NEXT_VERSION }) })
    .waitFor();
  await look(open, 'update-offered-question');
}, 240_000);

it('a version that is ready: in the notice, at the desk and in its question', async () => {
  const store = await startPracticeStore();
  const { folder, env } = await openPc();
  const open = await openTill(store, { managerPin }, { folder, env });
  const { page } = open;
  await lookForUpdates(page);
  await untilReady(page);
  await memberField(page).focus();
  await look(open, 'update-ready');
  await openFromMenu(page, 'safety');
  await updateRow(page, words('updates.now')).waitFor();
  await look(open, 'update-safety');
  await updateRow(page, words('updates.now')).click();
  await page.getByRole('dialog', { name: words('updates.title', { version: NEXT_VERSION }) }).waitFor();
  await look(open, 'update-question');
}, 240_000);
