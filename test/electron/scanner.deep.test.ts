import { expect, it } from 'vitest';
import { stagePage } from '../kit/page.ts';
import {
  empty,
  focused,
  meiLing,
  menuButton,
  noteField,
  openNote,
  openShop,
  short,
  values,
  vip,
} from '../support/electron-scan-shop.ts';
import { enter, type Key, keysOf, pressKeys, scan, tab } from '../support/electron-scanner.ts';
import {
  amountField,
  find,
  memberCard,
  memberField,
  pointsField,
  takeMember,
  untilText,
  words,
} from '../support/electron-till.ts';

const openPage = stagePage();

it('never makes an amount of a card, in whatever field it comes, by Enter or by Tab', async () => {
  const { page, calls } = await openShop(openPage);
  for (const end of [enter, tab]) {
    for (const field of [amountField(page), pointsField(page), noteField(page)]) {
      // An Enter right behind a scan is the scanner's second one: whoever types presses again.
      await expect
        .poll(async () => {
          await find(page, meiLing.number);
          return memberCard(page).filter({ hasText: meiLing.name }).count();
        })
        .toBe(1);
      await openNote(page);
      await field.focus();
      await scan(page, '1234', { end });
      await untilText(memberCard(page), short.name);
      expect(await values(page)).toEqual(empty);
      expect(await focused(page)).not.toBe('BODY');
    }
  }
  expect(calls()).toBe(0);
});

it('gives each field back what was half typed, and where the person stood in it', async () => {
  const { page, calls } = await openShop(openPage);
  const half = { amount: '50', points: '7', note: 'for the boy' };
  await amountField(page).fill(half.amount);
  await pointsField(page).fill(half.points);
  await openNote(page);
  await noteField(page).fill(half.note);
  const stood = () =>
    noteField(page).evaluate((field: HTMLInputElement) => [field.selectionStart, field.selectionEnd]);
  await noteField(page).evaluate((field: HTMLInputElement) => field.setSelectionRange(3, 7));
  await scan(page, '4711', { gapMs: 34 });
  await page.getByText(words('errors.member-not-found')).waitFor();
  expect(await values(page)).toEqual(half);
  expect(await stood()).toEqual([3, 7]);
  for (const field of [amountField(page), pointsField(page), noteField(page), menuButton(page)]) {
    await field.focus();
    await scan(page, meiLing.number, { end: tab });
    await untilText(memberCard(page), meiLing.name);
    expect(await values(page)).toEqual(half);
  }
  await scan(page, '1234', { end: tab });
  await untilText(memberCard(page), short.name);
  // What was typed for another member is not this one's.
  expect(await values(page)).toEqual(empty);
  expect(calls()).toBe(0);
});

it('takes slow keys for a person, into the member field where no text box has the focus', async () => {
  const { page, calls } = await openShop(openPage);
  await menuButton(page).focus();
  await page.keyboard.type('1234', { delay: 80 });
  expect(await memberField(page).inputValue()).toBe('1234');
  expect(await memberCard(page).count()).toBe(0);
  await page.keyboard.press('Enter');
  await untilText(memberCard(page), short.name);
  expect(calls()).toBe(0);
});

it('confirms nothing by keys that might be a slow scanner, and says so', async () => {
  const { page, calls } = await openShop(openPage);
  await takeMember(page, meiLing);
  await amountField(page).focus();
  await scan(page, '1234', { gapMs: 48 });
  await page.getByText(words('errors.scan-unread_too-slow', { meanGapMs: '48' })).waitFor();
  expect(await values(page)).toEqual(empty);
  await scan(page, 'VIP-0012');
  await untilText(memberCard(page), vip.name);
  expect(await page.getByText(words('errors.scan-unread_too-slow', { meanGapMs: '48' })).count()).toBe(0);
  expect(calls()).toBe(0);
});

it('takes a held key for a person, a key of another kind for what spoils a scan', async () => {
  const { page, calls } = await openShop(openPage);
  await takeMember(page, meiLing);
  await amountField(page).focus();
  const held: Key[] = keysOf('55555').map((key, index) => ({ ...key, isRepeat: index > 0 }));
  await pressKeys(page, held, 30);
  expect(await amountField(page).inputValue()).toBe('55555');
  await amountField(page).fill('');
  const dead: Key = { key: 'Dead', code: 'Quote' };
  const menu: Key = { key: 'F10', code: 'F10' };
  for (const spoiler of [dead, menu]) {
    await pressKeys(page, [...keysOf('VIP-'), spoiler, ...keysOf('0012'), enter], 8);
    await page.getByText(words('errors.scan-unread')).waitFor();
    expect(await values(page)).toEqual(empty);
  }
  expect(await page.getByRole('dialog').count()).toBe(0);
  await untilText(memberCard(page), meiLing.name);
  expect(calls()).toBe(0);
});

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
