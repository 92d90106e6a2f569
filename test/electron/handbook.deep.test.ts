import { expect, it } from 'vitest';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { helpIs, sheetOf, title } from '../support/electron-help.ts';
import { look } from '../support/electron-look.ts';
import { addPerson, dialogOf, press } from '../support/electron-people.ts';
import { managerPin, memberField, openFromMenu, speak, untilText, words } from '../support/electron-till.ts';

// Which page belongs to which screen: `test/renderer/app/help`.

it('from the menu all pages are there, by words, from page to page and back', async () => {
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin });
  const { page, complaints } = open;
  await memberField(page).waitFor();
  await openFromMenu(page, 'help');
  const sheet = sheetOf(page);
  await untilFocus(title(page, 1));
  await press(sheet, 'help.all');
  await untilFocus(sheet.getByRole('heading', { name: words('help.all') }));
  await sheet.getByLabel(words('help.search')).fill('printer paper');
  await untilText(sheet, words('help.found_other', { count: '2' }));
  await look(open, 'help-found');
  await sheet.getByLabel(words('help.search')).press('Enter');
  await untilFocus(title(page, 4));
  await press(sheet, 'common.back');
  await sheet.getByRole('button', { name: /^2\. / }).click();
  await untilFocus(title(page, 2));
  await look(open, 'help');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await untilFocus(memberField(page));
  expect(complaints).toEqual([]);
});

it('helps in Chinese, over a locked till as well', { timeout: 120_000 }, async () => {
  speak('zh');
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin, language: 'zh' });
  const { page, complaints } = open;
  await memberField(page).waitFor();
  await openFromMenu(page, 'people');
  await addPerson(page, { name: '老板', role: 'manager', pin: '482915' }, true);
  await helpIs(page, 13);
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
  await page.keyboard.press('F12');
  await press(dialogOf(page, 'people.switchTitle'), 'people.lock');
  const locked = dialogOf(page, 'people.lockedTitle');
  await locked.waitFor();
  await page.keyboard.press('F1');
  await untilFocus(title(page, 3));
  await look(open, 'help-locked-zh');
  await sheetOf(page)
    .getByRole('button', { name: words('help.all') })
    .click();
  await sheetOf(page).getByRole('button', { name: /^8\. / }).click();
  await sheetOf(page).getByText(words('entry.reverse'), { exact: true }).first().waitFor();
  await page.keyboard.press('Escape');
  await sheetOf(page).waitFor({ state: 'detached' });
  await locked.waitFor();
  expect(complaints).toEqual([]);
});
