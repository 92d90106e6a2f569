import { expect, it } from 'vitest';
import { limWei } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { look } from '../support/electron-look.ts';
import {
  amountField,
  confirmButton,
  incrementsOf,
  memberField,
  rows,
  takeMember,
  topUp,
  untilRows,
  words,
} from '../support/electron-till.ts';

/** Four of them in two sizes and two schemes, on a machine that does much else. */
const LOOKS_TIMEOUT_MS = 180_000;

it(
  'shows its questions well',
  async () => {
    const store = await startPracticeStore();
    const open = await openTill(store);
    const { page } = open;
    await topUp(page, limWei, '10');
    await untilRows(page, 1, 'Done');
    await rows(page, 'Done')
      .getByRole('button', { name: words('entry.reverse') })
      .click();
    await look(open, 'no-pin');
    await page.getByRole('button', { name: words('waysOut.make-pin') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: words('manager.make') })
      .click();
    await look(open, 'make-pin');
    await page.keyboard.press('Escape');
    await store.setPlug(false);
    await topUp(page, limWei, '20');
    await rows(page, 'Waiting')
      .getByRole('button', { name: words('entry.cancel') })
      .click();
    await look(open, 'cancel-question');
    await page.keyboard.press('Escape');
    await takeMember(page, limWei);
    await amountField(page).fill('20');
    await confirmButton(page).click();
    await page.getByRole('button', { name: words('again.no') }).waitFor();
    await look(open, 'again-question');
  },
  LOOKS_TIMEOUT_MS,
);

it('asks by keyboard whether the same is meant twice, and takes no Enter for a yes', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await topUp(page, limWei, '10');
  await untilRows(page, 1, 'Done');
  const question = page.getByText(words('again.justNow', { sum: 'S$10.00', name: 'Lim Wei' }));
  const no = page.getByRole('button', { name: words('again.no') });
  const enterTheSame = async () => {
    await takeMember(page, limWei);
    await untilFocus(amountField(page));
    await page.keyboard.type('10', { delay: 80 });
  };
  await enterTheSame();
  // An Enter that stays down.
  await page.keyboard.down('Enter');
  await question.waitFor();
  await untilFocus(no);
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await question.waitFor();
  expect(await rows(page, 'Lim Wei').count()).toBe(1);
  // A second one says no, and so does Escape; the form is empty then.
  for (const key of ['Enter', 'Escape']) {
    await page.keyboard.press(key);
    await question.waitFor({ state: 'detached' });
    await untilFocus(memberField(page));
    expect(await amountField(page).inputValue()).toBe('');
    await enterTheSame();
    await page.keyboard.press('Enter');
    await untilFocus(no);
  }
  await page.keyboard.press('ArrowLeft');
  await untilFocus(page.getByRole('button', { name: words('again.yes') }));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await untilRows(page, 2, 'Lim Wei', 'Done');
  await untilFocus(memberField(page));
  expect(incrementsOf(store, limWei)).toHaveLength(2);
});
