import { expect, it } from 'vitest';
import { limWei, meiLing, nurAisyah, rajanPillai } from '../../main/hosts/practice/members.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { countPresses, signInByKeys, tabAndEnter, tabTo, type } from '../support/electron-keys.ts';
import { keepPicture } from '../support/electron-look.ts';
import { dialogOf } from '../support/electron-people.ts';
import { boss, mei, openShop, toTill } from '../support/electron-people-shop.ts';
import {
  amountField,
  cashField,
  confirmButton,
  incrementsOf,
  memberCard,
  memberField,
  rows,
  untilIncrements,
  untilRows,
  untilText,
  wayButton,
  words,
} from '../support/electron-till.ts';

// A whole day by the keyboard alone, judged by the practice store's ledger and by the Z.

const policy = { tenders: ['cash', 'card', 'qr', 'transfer'] };

it('works a day from sign-in to sign-out by keys alone at 1366×768', async () => {
  const { page, store, resize, complaints } = await openShop(policy);
  await toTill(page);
  await resize(1366, 768);
  const presses = await countPresses(page);
  const button = (key: string) => page.getByRole('button', { name: words(key), exact: true });
  const key = (name: string) => page.keyboard.press(name);
  const lock = async () => {
    await key('F12');
    await tabAndEnter(
      dialogOf(page, 'people.switchTitle').getByRole('button', { name: words('people.lock') }),
    );
    await dialogOf(page, 'people.lockedTitle').waitFor();
  };
  const take = async (member: typeof meiLing, sum: string) => {
    await untilFocus(memberField(page));
    await type(page, member.number);
    await key('Enter');
    await untilText(memberCard(page), member.name);
    await untilFocus(amountField(page));
    await type(page, sum);
    await key('Enter');
    await untilFocus(wayButton(page, 'cash'));
  };

  await lock();
  await signInByKeys(page, 'people.lockedTitle', mei);
  await untilFocus(memberField(page));
  await key('F4');
  await untilFocus(page.getByLabel(words('shifts.open.float'), { exact: true }));
  await type(page, '100');
  await key('Enter');

  await take(meiLing, '35');
  await key('1');
  await untilFocus(cashField(page));
  await type(page, '50');
  await untilText(confirmButton(page), 'S$15.00');
  await key('Enter');
  for (const [member, sum, way, digit] of [
    [limWei, '20.50', 'card', '2'],
    [nurAisyah, '10', 'qr', '3'],
    [rajanPillai, '12', 'transfer', '4'],
  ] as const) {
    await take(member, sum);
    await key(digit);
    await untilFocus(confirmButton(page));
    expect(await wayButton(page, way).getAttribute('aria-pressed')).toBe('true');
    await key('Enter');
  }
  await untilRows(page, 4, 'Done');

  // Another number typed over a begun form takes what was typed off with its member.
  await take(meiLing, '5');
  await key('2');
  await untilFocus(confirmButton(page));
  await tabTo(memberField(page), 'Shift+Tab');
  await key('Control+A');
  await type(page, limWei.number);
  expect(await amountField(page).inputValue()).toBe('');
  expect(await wayButton(page, 'card').getAttribute('aria-pressed')).toBe('false');
  await key('Enter');
  await untilText(memberCard(page), limWei.name);
  await untilFocus(amountField(page));
  await type(page, '5');
  await key('Enter');
  await key('2');
  await untilFocus(confirmButton(page));
  expect(store.increments()).toHaveLength(4);
  await key('Enter');
  await untilIncrements(store, 5);
  expect(incrementsOf(store, limWei).map(({ balanceIncrement }) => balanceIncrement)).toEqual(['20.5', '5']);

  // A manager stands for taking one back.
  await tabAndEnter(
    rows(page, nurAisyah.name)
      .first()
      .getByRole('button', { name: words('entry.reverse') }),
  );
  await untilFocus(page.getByRole('dialog').getByLabel(words('people.pinOf', { name: boss.name })));
  await type(page, boss.pin);
  await tabAndEnter(page.getByRole('dialog').getByRole('button', { name: words('reverse.confirm') }));
  await untilIncrements(store, 6);
  await untilFocus(memberField(page));

  await key('F4');
  await page.getByRole('heading', { name: words('shifts.xTitle', { number: '1' }) }).waitFor();
  await tabAndEnter(button('shifts.moves.paid-in.open'));
  await untilFocus(page.getByRole('dialog').getByLabel(words('shifts.moves.sum')));
  await type(page, '12.50');
  await key('Enter');
  await untilFocus(page.getByRole('dialog').getByLabel(words('shifts.moves.reason'), { exact: true }));
  await type(page, 'Change');
  await key('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('S$12.50').first().waitFor();
  await keepPicture(page, 'day-keys X 1366x768');
  await key('Escape');
  await untilFocus(memberField(page));

  await lock();
  await signInByKeys(page, 'people.lockedTitle', mei);
  await untilFocus(memberField(page));
  await key('F4');
  await tabAndEnter(button('shifts.open.count'));
  await tabTo(page.getByLabel(words('shifts.count.rest'), { exact: true }));
  await type(page, '147.50');
  // Enter goes on through the other ways to the button.
  for (const [way, sum] of [
    ['card', '25.50'],
    ['qr', '0'],
    ['transfer', '12'],
  ] as const) {
    await key('Enter');
    await untilFocus(page.getByLabel(words(`tenders.${way}`), { exact: true }));
    await type(page, sum);
  }
  await key('Enter');
  await untilFocus(button('shifts.count.commit'));
  await key('Enter');
  await tabAndEnter(page.getByRole('dialog').getByRole('button', { name: words('shifts.count.commit') }));
  await page.getByText(words('shifts.matches')).first().waitFor();
  await tabAndEnter(button('shifts.outcome.acts.close'));
  const z = page.getByRole('region', { name: words('shifts.ticket.region') });
  await z.waitFor();
  await keepPicture(page, 'day-keys Z 1366x768');
  await key('Escape');
  await untilFocus(memberField(page));
  await lock();
  expect(store.increments().map(({ balanceIncrement }) => balanceIncrement)).toEqual([
    ...['35', '20.5', '10', '12', '5', '-10'],
  ]);
  expect(await presses()).toBe(0);
  expect(complaints).toEqual([]);
}, 300_000);
