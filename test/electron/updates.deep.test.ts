import { it } from 'vitest';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import { managerPin, memberField, words } from '../support/electron-till.ts';
import { lookForUpdates, menuRow, NEXT_VERSION, openPc, untilReady } from '../support/electron-updates.ts';

it('a version that waits to be asked for: in the menu and in its question', async () => {
  const store = await startPracticeStore();
  const { folder, env } = await openPc();
  const open = await openTill(store, { managerPin, policy: { updateOnPress: true } }, { folder, env });
  const { page } = open;
  await lookForUpdates(page);
  await menuRow(page, words('updates.download')).waitFor();
  await look(open, 'update-offered-menu');
  await menuRow(page, words('updates.download')).click();
  await page
    .getByRole('dialog', { name: words('updates.downloadTitle', { version: NEXT_VERSION }) })
    .waitFor();
  await look(open, 'update-offered-question');
}, 240_000);

it('a version that is ready: in the strip, in the menu and in its question', async () => {
  const store = await startPracticeStore();
  const { folder, env } = await openPc();
  const open = await openTill(store, { managerPin }, { folder, env });
  const { page } = open;
  await lookForUpdates(page);
  await untilReady(page);
  await memberField(page).focus();
  await look(open, 'update-ready');
  await page.keyboard.press('F10');
  await page
    .getByRole('button', { name: words('updates.now'), exact: true })
    .last()
    .waitFor();
  await look(open, 'update-menu');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: words('updates.now'), exact: true })
    .click();
  await page.getByRole('dialog', { name: words('updates.title', { version: NEXT_VERSION }) }).waitFor();
  await look(open, 'update-question');
}, 240_000);
