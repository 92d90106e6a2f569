import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { keepPicture } from '../support/electron-look.ts';
import { dialogOf, press } from '../support/electron-people.ts';
import { boss, mei, openShop, toTill } from '../support/electron-people-shop.ts';
import {
  amountField,
  cashField,
  confirmButton,
  incrementsOf,
  memberCard,
  memberField,
  takeMember,
  ticket,
  untilIncrements,
  untilRows,
  untilText,
  wayButton,
  words,
} from '../support/electron-till.ts';
import { countKeys, keysOutOfReach, tap, tapNumber, tapPin } from '../support/electron-touch.ts';

const policy = { tenders: ['cash', 'card', 'qr', 'transfer'] };

const sizes = [
  [800, 560],
  [1024, 768],
  [1366, 768],
  [1440, 900],
  [1920, 1080],
] as const;

it('signs in, tops up with cash and gives change, and has a manager’s PIN, by touch alone at 1024×768', async () => {
  const { page, store, resize, complaints } = await openShop(policy);
  await toTill(page);
  await resize(1024, 768);
  await page.keyboard.press('F12');
  await press(dialogOf(page, 'people.switchTitle'), 'people.lock');
  const locked = dialogOf(page, 'people.lockedTitle');
  await locked.waitFor();
  // A PIN's pad stands there before the first touch.
  await page.getByRole('group', { name: words('people.pad') }).waitFor();
  const keys = await countKeys(page);

  // The first touch is all that it takes.
  await tap(locked.getByRole('radio', { name: mei.name }));
  await keepPicture(page, 'counter-touch sign-in 1024x768');
  await tapPin(page, mei.pin);
  await locked.waitFor({ state: 'detached' });
  await untilFocus(memberField(page));

  await tapNumber(page, meiLing.number);
  await tap(page.getByRole('button', { name: words('form.lookUp'), exact: true }));
  await untilText(memberCard(page), meiLing.name);
  await untilFocus(amountField(page));
  await tapNumber(page, '35');
  await tap(wayButton(page, 'cash'));
  await untilFocus(cashField(page));
  await tapNumber(page, '100');
  expect(await amountField(page).inputValue()).toBe('35');
  await untilText(confirmButton(page), `S$65.00 ${words('form.change')}`);
  expect(await keysOutOfReach(page)).toEqual([]);
  await keepPicture(page, 'counter-touch cash 1024x768');
  await tap(confirmButton(page));
  await untilRows(page, 1, meiLing.name, 'Done');
  await untilText(ticket(page), `S$65.00 ${words('form.change')}`);

  // Above what a cashier enters alone: a manager’s PIN, by the same pad.
  await tapNumber(page, limWei.number);
  await tap(page.getByRole('button', { name: words('form.lookUp'), exact: true }));
  await untilText(memberCard(page), limWei.name);
  await untilFocus(amountField(page));
  await tapNumber(page, '70');
  await tap(wayButton(page, 'card'));
  await tap(confirmButton(page));
  const approve = dialogOf(page, 'people.approveTitle');
  await approve.waitFor();
  await keepPicture(page, 'counter-touch approve 1024x768');
  await tapPin(page, boss.pin);
  await untilIncrements(store, 2);
  expect(incrementsOf(store, limWei).map(({ balanceIncrement }) => balanceIncrement)).toEqual(['70']);
  expect(await keys()).toBe(0);
  expect(complaints).toEqual([]);
}, 180_000);

it('has every key of the keypad in reach at every size, whatever stands above them', async () => {
  const store = await startPracticeStore();
  const { page, resize } = await openTill(store, { policy });
  await tap(page.getByRole('button', { name: words('form.lookUp'), exact: true }));
  await page.getByRole('group', { name: words('form.keypad') }).waitFor();
  const found: string[] = [];
  const look = async (what: string) => {
    for (const [width, height] of sizes) {
      await resize(width, height);
      for (const key of await keysOutOfReach(page)) found.push(`${what} ${width}x${height}: ${key}`);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await keepPicture(page, `counter-touch ${what} ${width}x${height} ${colorScheme}`);
      }
    }
  };
  await look('empty');
  await takeMember(page, meiLing);
  await amountField(page).fill('35');
  await look('amount');
  await wayButton(page, 'cash').click();
  await look('cash');
  await cashField(page).fill('20');
  await look('short');
  await cashField(page).fill('100');
  await look('change');
  expect(found).toEqual([]);
}, 180_000);

it('moves nothing under the finger: what the first touch presses is what stood there', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { policy });
  await takeMember(page, meiLing);
  await amountField(page).fill('20');
  const before = await wayButton(page, 'card').boundingBox();
  await tap(wayButton(page, 'card'));
  await page.getByRole('group', { name: words('form.keypad') }).waitFor();
  await expect.poll(() => wayButton(page, 'card').getAttribute('aria-pressed')).toBe('true');
  expect(await wayButton(page, 'card').boundingBox()).toEqual(before);
  await tap(confirmButton(page));
  await untilRows(page, 1, meiLing.name, 'Done');
});
