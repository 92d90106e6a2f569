import { expect, it } from 'vitest';
import { amount, type MemberCard } from '../../preload/contract/index.ts';
import type { FakeMain } from '../kit/fake-main.ts';
import { createFakeShop } from '../kit/fake-shop.ts';
import { stagePage } from '../kit/page.ts';
import { memberOf } from '../renderer/support/samples.ts';
import {
  amountField,
  confirmButton,
  find,
  memberCard,
  memberField,
  untilRows,
  untilText,
} from '../support/electron-till.ts';

// What the form does while KYBIO thinks: the test plays main, and answers at the moment that counts. The same with a real
// main: `test/members/look-up.test.ts`.

const meiLing = memberOf();
const limWei = memberOf({ customerUid: '9021', number: '8008010002', name: 'Lim Wei' });
const keptLimWei: MemberCard = { ...limWei, source: 'till', asOfMs: Date.now() - 600_000 };

const openPage = stagePage();

async function openShop() {
  const main = createFakeShop([meiLing, limWei]);
  const page = await openPage(main);
  await memberField(page).waitFor();
  return { main, page };
}

/** Look-ups wait until each is answered here, in whatever order. */
function holdLookUps(main: FakeMain) {
  const waiting = new Map<string, (member: MemberCard) => void>();
  main.answer(
    'members:find',
    ({ query }) =>
      new Promise((resolve) => {
        waiting.set(query, (member) =>
          resolve({ ok: true, value: { members: [member], isForPicker: false, stillAsking: null } }),
        );
      }),
  );
  return {
    untilAsked: (query: string) => expect.poll(() => waiting.has(query)).toBe(true),
    answer: (member: MemberCard) => waiting.get(member.number)?.(member),
  };
}

/** The till has this card, and asks KYBIO beside it; `answer` is how that ends. */
function haveKept(main: FakeMain, card: MemberCard) {
  let answer = (_: MemberCard | 'nobody') => {};
  const ended = new Promise<MemberCard | 'nobody'>((resolve) => {
    answer = resolve;
  });
  main.answer('members:find', () => ({
    ok: true,
    value: { members: [card], isForPicker: false, stillAsking: '1' },
  }));
  main.answer('members:answer', async () => {
    const member = await ended;
    return member === 'nobody'
      ? { ok: false, error: { code: 'member-not-found' } }
      : { ok: true, value: { members: [member], isForPicker: false } };
  });
  return { answer };
}

const credited = (main: FakeMain) =>
  main.asked('topUps:create').map((form) => [form.customerUid, form.balanceIncrement]);

it('moves on at once, and what is typed while KYBIO thinks is the amount of whom it tells', async () => {
  const { main, page } = await openShop();
  const lookUps = holdLookUps(main);
  await find(page, meiLing.number);
  await lookUps.untilAsked(meiLing.number);
  await page.keyboard.type('50');
  expect(await amountField(page).inputValue()).toBe('50');
  expect(await confirmButton(page).isDisabled()).toBe(true);
  lookUps.answer(meiLing);
  await untilText(confirmButton(page), /Top up S\$50\.00 for Tan Mei Ling/);
  // What stood there before the member can have been read is not confirmed.
  await expect.poll(() => confirmButton(page).isEnabled()).toBe(true);
  await page.keyboard.press('Enter');
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');
  expect(credited(main)).toEqual([[meiLing.customerUid, '50']]);
});

it('uses what the till has kept, and brings it up to date when the answer comes', async () => {
  const { main, page } = await openShop();
  const asked = haveKept(main, { ...keptLimWei, balance: amount('15.00') });
  await find(page, limWei.number);
  await untilText(memberCard(page), 'S$15.00');
  await untilText(memberCard(page), /stored on this till/);
  await page.keyboard.type('5');
  await untilText(confirmButton(page), /for Lim Wei/);
  asked.answer({ ...limWei, balance: amount('333.00') });
  await untilText(memberCard(page), 'S$333.00');
  expect(await amountField(page).inputValue()).toBe('5');
  await page.keyboard.press('Enter');
  await untilRows(page, 1, 'Lim Wei', 'Done');
  expect(credited(main)).toEqual([[limWei.customerUid, '5']]);
});

it('keeps what is typed in the very first moment', async () => {
  // In a language whose words come first: then what is done once it is drawn is done after it is painted.
  const main = createFakeShop([meiLing, limWei], { language: 'zh' });
  const page = await openPage(createFakeShop([]));
  // Before the form is painted: as soon as it is there.
  await page.addInitScript((number) => {
    const setText = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const watch = new MutationObserver(() => {
      const field = document.querySelector<HTMLInputElement>('input[data-scan="member"]');
      if (field === null) return;
      watch.disconnect();
      setText?.call(field, number);
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    });
    watch.observe(document, { childList: true, subtree: true });
  }, meiLing.number);
  await openPage(main);
  await page.getByText('Tan Mei Ling').first().waitFor();
  expect(main.asked('members:find')).toHaveLength(1);
});
