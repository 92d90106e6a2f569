import { expect, it } from 'vitest';
import { limWei, meiLing, nurAisyah, rajanPillai } from '../../main/hosts/practice/members.ts';
import { openApp } from '../support/electron-app.ts';
import { applied, flip, guide, untilStep } from '../support/electron-practice.ts';
import {
  amountField,
  confirmButton,
  memberField,
  openFromMenu,
  pay,
  takeMember,
  topUp,
  untilRows,
  untilStrip,
  untilText,
  words,
} from '../support/electron-till.ts';

it('practises on first start: the plug out, three more, the plug in, a reply lost', async () => {
  const { page, folder, kill } = await openApp();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await page.getByText(words('practice.banner')).waitFor();
  await topUp(page, meiLing, '50', '50');
  await untilRows(page, 1, 'Done', 'S$120.00 → S$170.00');

  await flip(page, 'Network plug');
  for (const [index, member] of [limWei, nurAisyah, meiLing].entries()) {
    await topUp(page, { ...member }, String(10 * (index + 1)));
  }
  await untilRows(page, 3, 'Waiting');
  await untilStrip(page, /^Offline · 3 waiting$/);
  expect(applied(folder)).toHaveLength(1);
  await flip(page, 'Network plug');
  await untilRows(page, 4, 'Done');
  await untilStrip(page, /^Online · all sent$/);
  expect(applied(folder)).toHaveLength(4);

  await flip(page, 'Lose the next reply');
  await topUp(page, rajanPillai, '40');
  await untilRows(page, 1, 'Rajan Pillai', 'Checking');
  // The switch goes back by itself, and the till never sends it again.
  await expect
    .poll(() => page.getByRole('switch', { name: 'Lose the next reply' }).getAttribute('aria-checked'))
    .toBe('false');
  await untilStrip(page, /^Online · 1 checking$/);
  expect(applied(folder)).toHaveLength(5);
  await kill();

  // The practice store and its till outlive a kill.
  const again = await openApp({ folder });
  await untilRows(again.page, 4, 'Done');
  await untilRows(again.page, 1, 'Checking');
  await topUp(again.page, limWei, '5');
  await untilRows(again.page, 5, 'Done');
  expect(applied(folder)).toHaveLength(6);
});

it('brings the guide back from the menu, for who has been here before too', async () => {
  const { page, kill, folder } = await openApp();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await guide(page).waitFor();
  await topUp(page, limWei, '5');
  await untilRows(page, 1, 'Done');
  await kill();
  const again = await openApp({ folder });
  await untilRows(again.page, 1, 'Done');
  expect(await guide(again.page).count()).toBe(0);
  await openFromMenu(again.page, 'showGuide');
  await untilStep(again.page, 1);
  await topUp(again.page, meiLing, '5');
  await untilStep(again.page, 3);
});

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
