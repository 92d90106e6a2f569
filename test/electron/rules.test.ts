import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { makeRule } from '../support/electron-day.ts';
import {
  amountField,
  confirmButton,
  incrementsOf,
  managerPin,
  takeMember,
  ticket,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

// Refused ones: `test/counter/rules`; a bonus that is taken back when a part of it is spent: `morning.deep`.

it('a manager makes a rule, and the counter gives what it says', async () => {
  const store = await startPracticeStore();
  const { page, complaints } = await openTill(store, { managerPin });
  await makeRule(page, async () => undefined);
  await takeMember(page, meiLing);
  await amountField(page).fill('50');
  await untilText(
    confirmButton(page),
    words('form.say.moneyAndBonus', { money: 'S$50.00', bonus: 'S$5.00', name: meiLing.name }),
  );
  await amountField(page).press('Enter');
  // What was paid and the bonus are never one figure.
  const bonus = words('bonusOf', { sum: 'S$5.00' });
  await untilRows(page, 1, meiLing.name, 'S$50.00', bonus, 'Done');
  await untilText(ticket(page), 'S$50.00');
  await untilText(ticket(page), bonus);
  const tiles = page.getByRole('region', { name: words('today.region') });
  await untilText(tiles, 'S$50.00');
  await untilText(tiles, bonus);
  await untilRows(page, 0, 'S$55.00', 'Done');
  expect(incrementsOf(store, meiLing).map(({ balanceIncrement }) => balanceIncrement)).toEqual(['55']);
  expect(complaints).toEqual([]);
});
