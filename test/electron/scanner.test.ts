import { expect, it } from 'vitest';
import { stagePage } from '../kit/page.ts';
import { untilFocus } from '../support/electron-focus.ts';
import {
  empty,
  focused,
  menuButton,
  neighbour,
  openShop,
  short,
  values,
  vip,
} from '../support/electron-scan-shop.ts';
import { enter, keysOf, pressKeys, scan } from '../support/electron-scanner.ts';
import {
  amountField,
  confirmButton,
  memberCard,
  memberField,
  takeMember,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

// What the page makes of keys. No main is needed for that: it is asked for members, and must be asked for nothing else.

const openPage = stagePage();

it('looks a code with letters up whole where nothing has the focus, and credits nobody', async () => {
  const { page, calls } = await openShop(openPage);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await scan(page, 'VIP-0012');
  await untilText(memberCard(page), vip.name);
  expect(await memberField(page).inputValue()).toBe('VIP-0012');
  expect(await focused(page)).not.toBe('BODY');
  await scan(page, ']C1vip-0012');
  await untilText(memberCard(page), vip.name);
  await amountField(page).fill('50');
  await scan(page, '0012');
  await untilText(memberCard(page), neighbour.name);
  expect(await values(page)).toEqual(empty);
  expect(calls()).toBe(0);
});

it('presses no button, with a space, an Enter or a second one', async () => {
  const { page, calls } = await openShop(openPage);
  await takeMember(page, short);
  await amountField(page).fill('50');
  await confirmButton(page).focus();
  await pressKeys(page, [...keysOf(' 1234'), enter, enter], 8);
  await untilText(memberCard(page), short.name);
  await menuButton(page).focus();
  await pressKeys(page, [...keysOf('VIP 0012 '), enter, enter], 8);
  await page.getByText(words('errors.member-not-found')).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(calls()).toBe(0);
  // A person's Space still does.
  await menuButton(page).focus();
  await page.keyboard.press('Space');
  await page.getByRole('dialog', { name: words('menu.title') }).waitFor();
});

it('closes what is only read for the next card, and the sum that is typed next is a sum', async () => {
  const { page, calls } = await openShop(openPage);
  await menuButton(page).click();
  const menu = page.getByRole('dialog', { name: words('menu.title') });
  await menu.waitFor();
  await scan(page, 'VIP-0012');
  await menu.waitFor({ state: 'detached' });
  await untilText(memberCard(page), vip.name);
  await untilFocus(amountField(page));
  await page.keyboard.type('50', { delay: 60 });
  expect(await amountField(page).inputValue()).toBe('50');
  expect(calls()).toBe(0);
});

it('takes the newest of two scans, and the sum that a person types is confirmed', async () => {
  const { page, calls } = await openShop(openPage);
  await pressKeys(page, [...keysOf('1234'), enter, ...keysOf('VIP-0012'), enter, enter], 8);
  await untilText(memberCard(page), vip.name);
  await amountField(page).focus();
  await page.keyboard.type('12.50', { delay: 80 });
  await page.keyboard.press('Enter');
  await untilRows(page, 1, vip.name, 'S$12.50', 'Done');
  expect(calls()).toBe(1);
});
