import { expect, it } from 'vitest';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { helpIs, sheetOf, title } from '../support/electron-help.ts';
import { amountField, memberField, openFromMenu, words } from '../support/electron-till.ts';

// The search, a till that is locked, and Chinese: `handbook.deep`; every screen and dialog: `help.deep`.

it('F1 shows the page of the screen, over what is half typed, and the focus goes home', async () => {
  const { page, complaints } = await openTill(await startPracticeStore());
  await memberField(page).waitFor();
  await amountField(page).fill('12');
  await helpIs(page, 1);
  await untilFocus(amountField(page));
  expect(await amountField(page).inputValue()).toBe('12');
  await page.keyboard.press('F1');
  await untilFocus(title(page, 1));
  // No key of the till is heard under it.
  for (const key of ['F3', 'F10', 'F12']) await page.keyboard.press(key);
  expect(await page.getByRole('dialog').count()).toBe(1);
  await page.keyboard.press('F1');
  await sheetOf(page).waitFor({ state: 'detached' });
  await openFromMenu(page, 'openReview');
  await page.getByRole('button', { name: words('strip.backToTill') }).waitFor();
  await helpIs(page, 11);
  expect(complaints).toEqual([]);
});
