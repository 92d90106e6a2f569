import { expect, it } from 'vitest';
import { limWei } from '../../main/hosts/practice/members.ts';
import { found, openTrading, searchField, summary } from '../support/electron-find.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { memberField, untilRows, untilText, words } from '../support/electron-till.ts';

it('a manager finds an entry while the member waits, by keyboard alone, and sees what of it was taken back', async () => {
  const open = await openTrading();
  const { page } = open;
  await untilRows(page, 1, words('entry.part.reversedBy', { what: 'S$30.00', reference: '0005' }));
  await memberField(page).press('F3');
  await untilFocus(searchField(page));
  await expect.poll(() => found(page).count()).toBe(5);
  // 182.50 in, 30 of it taken back.
  await untilText(summary(page), /5 entries · S\$182\.50 in · S\$30\.00 taken back/);
  await page.keyboard.type(limWei.name.toLowerCase(), { delay: 80 });
  await expect.poll(() => found(page).count()).toBe(3);
  await untilText(summary(page), /3 entries · S\$120\.00 in · S\$30\.00 taken back/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await untilFocus(found(page).last().getByRole('button'));
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const details = page.getByRole('dialog', { name: /0004/ });
  await untilText(details, words('entry.part.reversed', { what: 'S$30.00', reference: '0005' }));
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'detached' });

  await searchField(page).fill('#0002');
  await expect.poll(() => found(page).count()).toBe(1);
  await untilText(found(page), '0002');
  await page.keyboard.press('F3');
  await untilText(summary(page), words('find.nothingHint'));
  await page.getByRole('button', { name: words('find.everything') }).click();
  await expect.poll(() => found(page).count()).toBe(5);
  expect(open.complaints).toEqual([]);
});
