import { expect, it } from 'vitest';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { dialog, list } from '../support/electron-slips.ts';
import { managerPin, openFromMenu, untilText, words } from '../support/electron-till.ts';

it('is in the manager’s menu, and asks for the PIN', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { managerPin });
  await openFromMenu(page, 'slips');
  await dialog(page).getByLabel(words('manager.pin')).fill('000001');
  await dialog(page)
    .getByRole('button', { name: words('slips.begin') })
    .click();
  await untilText(dialog(page), /PIN/);
  expect(await list(page).count()).toBe(0);
  expect(await dialog(page).getByLabel(words('slips.code')).count()).toBe(0);
});
