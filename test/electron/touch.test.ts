import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { familyMembers, familyPhone, limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import {
  amountField,
  confirmButton,
  incrementsOf,
  memberCard,
  memberField,
  pointsField,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';
import { backKey, countKeys, tap, tapNumber, turnKeypadOn } from '../support/electron-touch.ts';

const lookUp = (page: Page) => page.getByRole('button', { name: words('form.lookUp'), exact: true });

it('looks up by a button, and shows the keypad from the first touch on', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await memberField(page).fill(meiLing.number);
  const keypad = page.getByRole('group', { name: words('form.keypad') });
  expect(await keypad.count()).toBe(0);
  await tap(lookUp(page));
  await untilText(memberCard(page), meiLing.name);
  await untilFocus(amountField(page));
  await keypad.waitFor();
});

it('does every step of a top-up by touch: member, amount, points, what was mistyped, and the question', async () => {
  const store = await startPracticeStore();
  const till = await openTill(store, { managerPin: '271828' });
  const { page, complaints, resize } = till;
  await turnKeypadOn(page);
  await resize(1024, 700);
  const keys = await countKeys(page);
  const enter = async () => {
    await tapNumber(page, limWei.number);
    await tap(lookUp(page));
    await untilText(memberCard(page), limWei.name);
    await untilFocus(amountField(page));
    await tapNumber(page, '99');
    for (const _ of '99') await tap(backKey(page));
    await tapNumber(page, '7.53');
    await tap(backKey(page));
    expect(await amountField(page).inputValue()).toBe('7.5');
    await untilFocus(amountField(page));
    await tap(pointsField(page));
    await tapNumber(page, '12');
    expect(await pointsField(page).inputValue()).toBe('12');
    await tap(confirmButton(page));
  };
  await enter();
  await untilRows(page, 1, 'Lim Wei', 'Done');
  await untilFocus(memberField(page));
  await enter();
  await tap(page.getByRole('button', { name: words('again.no') }));
  await untilFocus(memberField(page));
  // That answer empties the form.
  expect(await amountField(page).inputValue()).toBe('');
  await tapNumber(page, familyPhone);
  await tap(lookUp(page));
  const [first] = familyMembers;
  if (first === undefined) throw new Error('a family of nobody');
  await tap(page.getByRole('option', { name: first.name }));
  await untilText(memberCard(page), first.name);
  await tap(page.getByRole('button', { name: '20', exact: true }));
  await tap(confirmButton(page));
  await untilRows(page, 1, first.name, 'Done');
  expect(await keys()).toBe(0);
  expect(incrementsOf(store, limWei).map(({ balanceIncrement }) => balanceIncrement)).toEqual(['7.5']);
  expect(incrementsOf(store, first).map(({ balanceIncrement }) => balanceIncrement)).toEqual(['20']);
  expect(complaints).toEqual([]);
});
