import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill, testFolder } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import { managerPin, memberField, openFromMenu, pressWithPin, words } from '../support/electron-till.ts';

it('tells a manager once that the data lies in a folder that is synchronised, and what to do', async () => {
  const store = await startPracticeStore();
  const folder = join(testFolder(), 'OneDrive', 'till');
  const first = await openTill(store, { managerPin }, { folder });
  const told = words('dataPlace.synchronised');
  await first.page.getByText(told).waitFor();
  await look(first, 'data-place-note');
  await first.page.getByRole('button', { name: words('dataPlace.open') }).click();
  const dialog = first.page.getByRole('dialog', { name: told });
  await dialog.getByText(words('dataPlace.toDo')).waitFor();
  await look(first, 'data-place');
  await pressWithPin(dialog, words('dataPlace.read'));
  const whatToDo = first.page.getByRole('button', { name: words('dataPlace.open') });
  await whatToDo.waitFor({ state: 'detached' });
  await first.close();
  const again = await openApp({ folder });
  await memberField(again.page).waitFor();
  expect(await again.page.getByText(told).count()).toBe(0);
});

it('shows well how a station is set up, and left', async () => {
  const open = await openTill(await startPracticeStore(), { managerPin });
  const { page } = open;
  await openFromMenu(page, 'station');
  const dialog = page.getByRole('dialog', { name: words('station.title') });
  await dialog.getByRole('checkbox', { name: words('station.kiosk') }).check();
  await look(open, 'station');
  await pressWithPin(dialog, words('station.save'));
  await dialog.waitFor({ state: 'detached' });
  await openFromMenu(page, 'leaveKiosk');
  await page.getByRole('dialog', { name: words('station.leaveTitle') }).waitFor();
  await look(open, 'leave-kiosk');
});
