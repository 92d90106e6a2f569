import { expect, it } from 'vitest';
import { limWei } from '../../main/hosts/practice/members.ts';
import { openApp } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  memberField,
  pay,
  takeMember,
  untilText,
} from '../support/electron-till.ts';

it('has the form and its button in view in the smallest window at 200 %', async () => {
  const { app, page, resize } = await openApp();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await memberField(page).waitFor();
  await resize(800, 560);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2));
  await page.waitForFunction(() => innerWidth === 400);
  await takeMember(page, limWei);
  await page.keyboard.type('33');
  await pay(page);
  await amountField(page).focus();
  await untilText(confirmButton(page), 'S$33.00');
  for (const wanted of [amountField(page), confirmButton(page)]) {
    const isOnTop = () =>
      wanted.evaluate((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
      });
    await expect.poll(isOnTop).toBe(true);
  }
});
