import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { axeFindings } from '../support/electron-look.ts';
import { scan } from '../support/electron-scanner.ts';
import {
  amountField,
  cashField,
  confirmButton,
  increment,
  incrementsOf,
  memberCard,
  memberField,
  openDetails,
  pay,
  rows,
  takeMember,
  topUp,
  untilIncrements,
  untilRows,
  untilText,
  wayButton,
  words,
} from '../support/electron-till.ts';
import { countKeys, tap } from '../support/electron-touch.ts';

const policy = { tenders: ['cash', 'card', 'qr', 'transfer'] };

const given = (store: PracticeStore) =>
  incrementsOf(store, meiLing).map(({ balanceIncrement }) => balanceIncrement);

it('takes few keys after a scan: five for cash and any other way, seven with change, and none books unasked', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { policy });
  await untilFocus(memberField(page));
  const keys = await countKeys(page);
  const count = async (pressed: readonly string[], next: () => Promise<void>) => {
    await scan(page, meiLing.number);
    await untilText(memberCard(page), meiLing.name);
    await untilFocus(amountField(page));
    const [before, booked] = [await keys(), store.increments().length];
    for (const key of pressed) {
      expect(store.increments()).toHaveLength(booked);
      await page.keyboard.press(key, { delay: 70 });
      await page.waitForTimeout(70);
    }
    await untilIncrements(store, booked + 1);
    await next();
    return (await keys()) - before;
  };
  const isReady = () => untilFocus(memberField(page));
  expect(await count(['5', '0', 'Enter', '1', 'Enter'], isReady)).toBe(5);
  expect(await count(['5', '1', 'Enter', '1', '6', '0', 'Enter'], isReady)).toBe(7);
  for (const way of ['2', '3', '4']) {
    expect(await count(['5', String(Number(way) + 1), 'Enter', way, 'Enter'], isReady)).toBe(5);
  }
  expect(given(store)).toEqual(['50', '51', '53', '54', '55']);
});

it('asks by its own words for what is missing, and puts the ring there', async () => {
  const store = await startPracticeStore();
  const { page, complaints } = await openTill(store, { policy });
  const press = () => confirmButton(page).click({ force: true });
  await untilText(confirmButton(page), words('blockers.no-member'));
  await takeMember(page, meiLing);
  await untilText(confirmButton(page), words('blockers.nothing-to-add'));
  await memberField(page).focus();
  await press();
  await untilFocus(amountField(page));
  await amountField(page).fill('35');
  await untilText(confirmButton(page), words('blockers.no-tender'));
  await press();
  await untilFocus(wayButton(page, 'cash'));
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('1');
  await untilFocus(cashField(page));
  await cashField(page).fill('20');
  await untilText(confirmButton(page), words('blockers.given-too-little', { sum: 'S$15.00' }));
  await press();
  expect(store.increments()).toEqual([]);
  expect(complaints).toEqual([]);
});

it('keeps the slot, the ways and the button where they are, whatever is in them', async () => {
  const store = await startPracticeStore();
  const { page, resize } = await openTill(store, { policy });
  await tap(page.getByRole('button', { name: words('form.lookUp'), exact: true }));
  await page.getByRole('group', { name: words('form.keypad') }).waitFor();
  const boxes = () =>
    page.evaluate(() => {
      const form = document.querySelector('[data-keeps-focus]');
      const parts = form?.querySelectorAll('fieldset, section, input[data-scan]:not(fieldset input)') ?? [];
      return [...parts].map((part) => {
        const { top, height } = part.getBoundingClientRect();
        return [Math.round(top), Math.round(height)];
      });
    });
  for (const [width, height] of [
    [1440, 900],
    [1024, 768],
    [800, 560],
  ] as const) {
    await resize(width, height);
    const first = await boxes();
    await takeMember(page, meiLing);
    expect(await boxes()).toEqual(first);
    await amountField(page).fill('35');
    await pay(page, 'cash');
    await cashField(page).fill('100');
    expect(await boxes()).toEqual(first);
    await page.keyboard.press('Escape');
    await memberField(page).fill('nobody at all');
    await memberField(page).press('Enter');
    await page.getByText(words('errors.member-not-found')).waitFor();
    expect(await boxes()).toEqual(first);
    await page.getByRole('button', { name: words('form.lookUp'), exact: true }).waitFor();
    await page.keyboard.press('Escape');
  }
  const scrolls = await page.evaluate(() => {
    const form = document.querySelector('[data-keeps-focus]');
    return form === null || form.scrollHeight > form.clientHeight;
  });
  expect(scrolls).toBe(false);
});

it('keeps a refusal beside the field until it is seen, also with nobody up', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await takeMember(page, limWei);
  store.addFault({
    fault: { kind: 'error', messages: ['Customer is disabled'], errorCode: 1, when: 'before' },
    method: increment,
  });
  await topUp(page, limWei, '10');
  await untilRows(page, 1, 'Refused');
  const line = page.getByText(words('member.refusedOf', { name: limWei.name, what: 'S$10.00' }));
  await line.waitFor();
  const form = page.getByRole('region', { name: words('form.region') });
  await form.getByRole('button', { name: words('entry.again'), exact: true }).waitFor();
  await form.getByRole('button', { name: words('entry.seen'), exact: true }).click();
  await line.waitFor({ state: 'detached' });
});

it('enters a refused one again once, and leads to that entry from then on', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await takeMember(page, limWei);
  store.addFault({
    fault: { kind: 'error', messages: ['Customer is disabled'], errorCode: 1, when: 'before' },
    method: increment,
    times: 1,
  });
  await topUp(page, limWei, '10');
  await untilRows(page, 1, 'Refused');
  const again = page.getByRole('button', { name: words('entry.again'), exact: true });
  await again.first().click();
  await untilText(memberCard(page), limWei.name);
  await confirmButton(page).click();
  await untilRows(page, 1, 'Done');
  await openDetails(rows(page, 'Refused'));
  const details = page.getByRole('dialog');
  const made = details.getByRole('button', { name: words('entry.enteredAgain', { reference: '0002' }) });
  await made.waitFor();
  expect(await again.count()).toBe(0);
  await made.click();
  await untilText(details, 'Done');
});

it('has three ways and More, which opens over the list', async () => {
  const store = await startPracticeStore();
  const ways = ['cash', 'card', 'qr', 'transfer', 'own:Voucher'];
  const { page, resize } = await openTill(store, { policy: { tenders: ways } });
  await resize(1024, 768);
  await takeMember(page, meiLing);
  await amountField(page).fill('5');
  await amountField(page).press('Enter');
  await untilFocus(wayButton(page, 'cash'));
  await page.keyboard.press('4');
  const voucher = page.getByRole('button', { name: 'Voucher', exact: true });
  const form = await page.locator('[data-keeps-focus]').first().boundingBox();
  await expect
    .poll(async () => (await voucher.boundingBox())?.x ?? 0)
    .toBeGreaterThan((form?.x ?? 0) + (form?.width ?? 0));
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await untilFocus(confirmButton(page));
  await untilText(confirmButton(page), 'Voucher');
  await page.keyboard.press('Enter');
  await untilRows(page, 1, meiLing.name, 'Done');
});
