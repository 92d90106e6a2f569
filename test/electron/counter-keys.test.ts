import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import {
  amountField,
  cashField,
  confirmButton,
  incrementsOf,
  memberCard,
  memberField,
  pay,
  takeMember,
  ticket,
  untilRows,
  untilText,
  wayButton,
  words,
} from '../support/electron-till.ts';

const policy = { tenders: ['cash', 'card', 'qr', 'transfer'] };

it('does a day’s ways to pay by keys alone at 1366×768: arrows and digits choose, and nothing typed is lost', async () => {
  const store = await startPracticeStore();
  const { page, resize, complaints } = await openTill(store, { policy });
  await resize(1366, 768);
  await takeMember(page, meiLing);
  await untilFocus(amountField(page));
  // A digit on a button is for the amount.
  await page.getByRole('button', { name: words('form.note'), exact: true }).focus();
  await page.keyboard.type('7', { delay: 90 });
  await untilFocus(amountField(page));
  expect(await amountField(page).inputValue()).toBe('7');
  await page.keyboard.press('Backspace');
  // A digit after Enter in the amount wiped member and amount once.
  await page.keyboard.type('35', { delay: 90 });
  await page.keyboard.press('Enter');
  await untilFocus(wayButton(page, 'cash'));
  await page.keyboard.type('7', { delay: 90 });
  await untilText(memberCard(page), meiLing.name);
  expect(await amountField(page).inputValue()).toBe('35');
  expect(await memberField(page).inputValue()).toBe(meiLing.number);

  // The right arrow moves and chooses, and Enter tops up what is chosen.
  await page.keyboard.press('ArrowRight');
  await untilFocus(wayButton(page, 'card'));
  expect(await wayButton(page, 'card').getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('End');
  await untilFocus(wayButton(page, 'transfer'));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await untilRows(page, 1, meiLing.name, 'Done');
  expect(incrementsOf(store, meiLing).map(({ balanceIncrement }) => balanceIncrement)).toEqual(['35']);

  // Digits choose; what is typed once Cash is chosen is the cash that was received.
  await takeMember(page, meiLing);
  await untilFocus(amountField(page));
  await page.keyboard.type('12.50', { delay: 90 });
  await page.keyboard.press('Enter');
  await untilFocus(wayButton(page, 'cash'));
  await page.keyboard.press('2');
  await untilFocus(confirmButton(page));
  await page.keyboard.press('Shift+Tab', { delay: 90 });
  await untilFocus(wayButton(page, 'transfer'));
  await page.keyboard.press('1');
  await untilFocus(cashField(page));
  await page.keyboard.press('ArrowUp');
  await untilFocus(wayButton(page, 'cash'));
  await confirmButton(page).focus();
  await page.keyboard.type('20', { delay: 90 });
  await untilFocus(cashField(page));
  expect(await cashField(page).inputValue()).toBe('20');
  await untilText(confirmButton(page), 'S$7.50');
  await page.keyboard.press('Enter');
  await untilRows(page, 2, meiLing.name, 'Done');
  expect(incrementsOf(store, meiLing).map(({ balanceIncrement }) => balanceIncrement)).toEqual([
    '35',
    '12.5',
  ]);
  expect(complaints).toEqual([]);
});

it('offers what is in the hand for cash, in the place of the quick amounts', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { policy });
  await takeMember(page, meiLing);
  await amountField(page).fill('35');
  const before = await page.getByRole('group', { name: words('form.quick') }).boundingBox();
  await pay(page, 'cash');
  const cash = page.getByRole('group', { name: words('form.given') });
  const after = await cash.boundingBox();
  expect([after?.y, after?.height]).toEqual([before?.y, before?.height]);
  await cash.getByRole('button', { name: '50', exact: true }).click();
  expect(await cashField(page).inputValue()).toBe('50.00');
  await untilText(confirmButton(page), 'S$15.00');
  await cash.getByRole('button', { name: words('form.exact'), exact: true }).click();
  expect(await cashField(page).inputValue()).toBe('35.00');
  // The amount's own sums while it is corrected; cash again from any other place.
  await amountField(page).focus();
  await page.getByRole('group', { name: words('form.quick') }).waitFor();
  await wayButton(page, 'cash').click();
  await untilFocus(cashField(page));
  await page.keyboard.press('Enter');
  await untilRows(page, 1, meiLing.name, 'Done');
  await untilText(ticket(page), meiLing.name);
});
