import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import { saveChanges } from '../support/electron-settings.ts';
import {
  amountField,
  confirmButton,
  dayField,
  givePin,
  incrementsOf,
  managerPin,
  openFromMenu,
  rows,
  takeMember,
  ticket,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

it('a manager makes a rule, tries it out and saves it', async () => {
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin });
  const { page, complaints } = open;
  await openFromMenu(page, 'rules');
  const press = (key: string) => page.getByRole('button', { name: words(key), exact: true }).click();
  const fill = (key: string, text: string) => page.getByLabel(words(key), { exact: true }).fill(text);
  await press('rules.addBonus');
  await fill('rules.name', 'Pay 50 get 5');
  await fill('rules.from', '50');
  await fill('rules.gives', '-5');
  await press('rules.try.act');
  await page.getByText(words('rules.wrong')).first().waitFor();
  await fill('rules.gives', '5');
  // Half a day is not no day: the rule would never end.
  const toDay = dayField(page, 'rules.toDay').getByRole('spinbutton').first();
  await toDay.press('1');
  await press('rules.try.act');
  await page.getByText(words('rules.notADay')).waitFor();
  await toDay.press('Backspace');
  await fill('rules.try.sum', '60');
  await press('rules.try.act');
  await page.getByText(words('rules.tried.bonus', { sum: 'S$5.00', rule: 'Pay 50 get 5' })).waitFor();
  await fill('rules.gives', '600');
  await press('rules.try.act');
  await page.getByText(words('errors.rules-invalid_bonus-too-large', { rule: 'Pay 50 get 5' })).waitFor();
  await fill('rules.gives', '5');
  await press('rules.try.act');
  const tried = page.getByText(words('rules.tried.bonus', { sum: 'S$5.00', rule: 'Pay 50 get 5' }));
  await tried.scrollIntoViewIfNeeded();
  await look(open, 'rules');
  await saveChanges(page);
  await page.keyboard.press('Escape');
  await openFromMenu(page, 'rules');
  await page.getByRole('group', { name: 'Pay 50 get 5' }).waitFor();
  await page.keyboard.press('Escape');

  await takeMember(page, meiLing);
  await amountField(page).fill('50');
  await untilText(
    confirmButton(page),
    words('form.say.moneyAndBonus', { money: 'S$50.00', bonus: 'S$5.00', name: meiLing.name }),
  );
  await page.getByText(words('rules.counter.bonus', { sum: 'S$5.00', rule: 'Pay 50 get 5' })).waitFor();
  await look(open, 'rules-at-the-counter');
  await amountField(page).press('Enter');
  await untilRows(page, 1, meiLing.name, 'S$50.00', 'Done');
  await untilText(ticket(page), words('bonusOf', { sum: 'S$5.00' }));
  expect(incrementsOf(store, meiLing).map(({ balanceIncrement }) => balanceIncrement)).toEqual(['55']);

  // A part of the bonus is spent by now: the manager sees the shortfall and writes it off.
  store.adjust(meiLing.customerUid, '53.00', meiLing.point);
  await rows(page, meiLing.name, 'S$50.00')
    .getByRole('button', { name: words('entry.reverse') })
    .click();
  await page
    .getByRole('dialog')
    .getByText(words('reverse.shortfall', { holds: 'S$53.00', letGo: 'S$2.00' }))
    .waitFor();
  await look(open, 'reversal-of-a-spent-bonus');
  await givePin(page, words('reverse.confirm'));
  // Its own row, and the one of which that part was taken back.
  await untilRows(page, 1, meiLing.name, 'S$53.00', 'Done');
  await untilRows(page, 1, meiLing.name, 'S$3.00', 'Done');
  const moved = () => incrementsOf(store, meiLing).map(({ balanceIncrement }) => balanceIncrement);
  await expect.poll(moved).toEqual(['55', '-53']);
  expect(complaints).toEqual([]);
});
