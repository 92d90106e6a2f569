import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { chenJia, limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { openShift, pinOf, setUpPeople } from '../support/electron-day.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { type } from '../support/electron-keys.ts';
import { look } from '../support/electron-look.ts';
import { type AtWork, dialogOf, press, switchTo } from '../support/electron-people.ts';
import {
  amountField,
  confirmButton,
  managerPin,
  memberField,
  openDetails,
  openFromMenu,
  pay,
  pointsField,
  rows,
  takeMember,
  untilRows,
  words,
} from '../support/electron-till.ts';

// What the handbook's pages show of screens that no other test looks at; `npm run tour -- --all` takes its pictures from here.

/** Three of them in four sizes and two schemes. */
const wholeMs = 300_000;

const priya: AtWork = { name: 'Priya', role: 'manager', pin: '482915' };
const mei: AtWork = { name: 'Mei', role: 'cashier', pin: '391726' };

async function sell(page: Page, member: typeof meiLing, sum: string, points: string): Promise<void> {
  await takeMember(page, member);
  await amountField(page).fill(sum);
  await pointsField(page).fill(points);
  await pay(page, 'cash');
  await confirmButton(page).click();
  await untilRows(page, 1, member.name, words('states.confirmed'));
  await expect.poll(() => memberField(page).inputValue()).toBe('');
}

it('shows well how a mistake is taken back, and the keys', { timeout: wholeMs }, async () => {
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin, policy: { tenders: ['cash', 'card'] } });
  const { page, complaints } = open;
  await setUpPeople(page, [priya, mei]);
  await switchTo(page, mei);
  await openShift(page, '200');
  await sell(page, meiLing, '50', '50');
  await sell(page, limWei, '20', '20');
  await sell(page, chenJia, '100', '100');
  await openDetails(rows(page, chenJia.name));
  await press(page.getByRole('dialog'), 'entry.reverse');
  await untilFocus(pinOf(page, priya));
  await type(page, priya.pin);
  await look(open, 'handbook-reverse');
  await page.keyboard.press('Enter');
  await untilRows(page, 1, words('states.reversed'));
  await openDetails(rows(page, words('states.reversed')));
  await page
    .getByRole('dialog')
    .getByText(words('entry.means.reversed', { reference: '0004' }))
    .waitFor();
  await look(open, 'handbook-reversed');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('F1');
  const sheet = dialogOf(page, 'help.title');
  await press(sheet, 'help.all');
  await sheet.getByRole('button', { name: /^10\. / }).click();
  await untilFocus(sheet.getByRole('heading', { name: /^10\. / }));
  await look(open, 'handbook-keyboard');
  expect(complaints).toEqual([]);
});

it('shows well the code that is written down when a PIN is made', { timeout: wholeMs }, async () => {
  const store = await startPracticeStore();
  const open = await openTill(store);
  const { page, complaints } = open;
  await memberField(page).waitFor();
  await openFromMenu(page, 'makePin');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(words('manager.repeat')).fill(managerPin);
  await dialog.getByLabel(words('manager.pin'), { exact: true }).fill(managerPin);
  await dialog.getByLabel(words('setUp.appKey')).fill(store.appKey);
  await press(dialog, 'manager.make');
  await dialog.getByRole('button', { name: words('manager.codeDone') }).waitFor();
  await look(open, 'handbook-recovery-code');
  expect(complaints).toEqual([]);
});
