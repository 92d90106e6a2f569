import { expect, it } from 'vitest';
import { stagePage } from '../kit/page.ts';
import {
  empty,
  focused,
  meiLing,
  noteField,
  openNote,
  openShop,
  values,
  vip,
} from '../support/electron-scan-shop.ts';
import { enter, type Key, keysOf, pressKeys } from '../support/electron-scanner.ts';
import {
  amountField,
  memberCard,
  memberField,
  pointsField,
  takeMember,
  untilText,
} from '../support/electron-till.ts';

const openPage = stagePage();

it('reads a scan through an input method, whose text stays in no field', async () => {
  const { page, calls } = await openShop(openPage);
  const letters = ['v', 'vi', "vi'p", "vi'p-"];
  const through: Key[] = keysOf('VIP-').map((key, index) => ({
    ...key,
    isProcess: true,
    shows: letters[index] ?? '',
  }));
  // A digit takes what is offered, the end hands over what is left, and more comes late.
  const [zero, ...digits] = keysOf('0012');
  const keys: Key[] = [
    ...through,
    ...(zero === undefined ? [] : [{ ...zero, isProcess: true, handsOver: '微' }]),
    ...digits.map((key) => ({ ...key, isProcess: true, shows: key.key })),
    { ...enter, isProcess: true, handsOver: '012' },
  ];
  for (const field of [noteField(page), amountField(page), pointsField(page), memberField(page)]) {
    await takeMember(page, meiLing);
    await openNote(page);
    await field.focus();
    await pressKeys(page, keys, 8);
    await untilText(memberCard(page), vip.name);
    expect(await memberField(page).inputValue()).toBe('VIP-0012');
    expect(await values(page)).toEqual(empty);
    expect(await focused(page)).not.toBe('BODY');
    await page.keyboard.press('Escape');
  }
  // What a person writes through it stays.
  await openNote(page);
  await noteField(page).focus();
  await pressKeys(page, [{ key: 'h', code: 'KeyH', isProcess: true, handsOver: '好' }], 8);
  expect(await noteField(page).inputValue()).toBe('好');
  expect(calls()).toBe(0);
});
