import { expect, it } from 'vitest';
import { limWei, meiLing, nurAisyah, rajanPillai } from '../../main/hosts/practice/members.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { keepPicture } from '../support/electron-look.ts';
import { type AtWork, dialogOf } from '../support/electron-people.ts';
import { boss, mei, openShop, toTill } from '../support/electron-people-shop.ts';
import {
  amountField,
  cashField,
  confirmButton,
  memberCard,
  memberField,
  rows,
  untilIncrements,
  untilRows,
  untilText,
  wayButton,
  words,
} from '../support/electron-till.ts';
import { countKeys, swipeTo, tap, tapDigits, tapNumber, tapPin } from '../support/electron-touch.ts';

// A whole day by a finger alone, judged by the practice store's ledger and by the Z.

const policy = { tenders: ['cash', 'card', 'qr', 'transfer'] };

it('works a day from sign-in to sign-out by touch alone at 1024×768', async () => {
  const { page, store, resize, complaints } = await openShop(policy);
  await toTill(page);
  await resize(1024, 768);
  const keys = await countKeys(page);
  const button = (key: string) => page.getByRole('button', { name: words(key), exact: true });
  const who = page.getByRole('button', { name: new RegExp(`^(${mei.name}|${boss.name})`) });
  const lock = async () => {
    await tap(who);
    await tap(dialogOf(page, 'people.switchTitle').getByRole('button', { name: words('people.lock') }));
    await dialogOf(page, 'people.lockedTitle').waitFor();
  };
  const signIn = async ({ name, pin }: AtWork) => {
    const locked = dialogOf(page, 'people.lockedTitle');
    await tap(locked.getByRole('radio', { name }));
    await tapPin(page, pin);
    await locked.waitFor({ state: 'detached' });
    await untilFocus(memberField(page));
  };
  const take = async (member: typeof meiLing, sum: string) => {
    await tapNumber(page, member.number);
    await tap(page.getByRole('button', { name: words('form.lookUp'), exact: true }));
    await untilText(memberCard(page), member.name);
    await untilFocus(amountField(page));
    await tapNumber(page, sum);
  };

  await lock();
  await signIn(mei);
  // The first shift of all: the strip has no way to it yet.
  await tap(page.getByRole('button', { name: new RegExp(`^${words('strip.menu')}`) }));
  await tap(dialogOf(page, 'menu.title').getByRole('button', { name: words('menu.shift'), exact: true }));
  await tap(page.getByLabel(words('shifts.open.float'), { exact: true }));
  await tapDigits(page, '100');
  await keepPicture(page, 'day-touch float 1024x768');
  await tap(button('shifts.open.act'));
  await untilFocus(memberField(page));

  await take(meiLing, '35');
  await tap(wayButton(page, 'cash'));
  await untilFocus(cashField(page));
  await tapNumber(page, '50');
  await untilText(confirmButton(page), 'S$15.00');
  await tap(confirmButton(page));
  await untilRows(page, 1, meiLing.name);
  for (const [member, sum, way] of [
    [limWei, '20.50', 'card'],
    [nurAisyah, '10', 'qr'],
    [rajanPillai, '12', 'transfer'],
  ] as const) {
    await take(member, sum);
    await tap(wayButton(page, way));
    await tap(confirmButton(page));
    await untilRows(page, 1, member.name);
  }
  await untilRows(page, 4, 'Done');

  // A manager stands for taking one back.
  const reverse = rows(page, nurAisyah.name)
    .first()
    .getByRole('button', { name: words('entry.reverse') });
  await swipeTo(reverse);
  await tap(reverse);
  await keepPicture(page, 'day-touch reverse 1024x768');
  await tapPin(page, boss.pin);
  await untilIncrements(store, 5);

  const day = page.getByRole('button', { name: new RegExp(`^${words('strip.day')}`) });
  await tap(day);
  await page.getByRole('heading', { name: words('shifts.xTitle', { number: '1' }) }).waitFor();
  await tap(button('shifts.moves.paid-in.open'));
  await tapDigits(page, '12.50');
  await tap(button('shifts.moves.paid-in.quick.first'));
  await keepPicture(page, 'day-touch paid-in 1024x768');
  await tap(button('shifts.moves.paid-in.act'));
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('S$12.50').first().waitFor();
  await keepPicture(page, 'day-touch X 1024x768');
  const back = page
    .getByRole('banner')
    .getByRole('button', { name: new RegExp(`^${words('strip.backToTill')}`) });
  await tap(back);
  await untilFocus(memberField(page));

  await lock();
  await signIn(mei);
  await tap(day);
  await tap(button('shifts.open.count'));
  await page.getByText(words('shifts.count.soFar')).waitFor();
  await keepPicture(page, 'day-touch count-begun 1024x768');
  for (const [label, sum] of [
    [words('shifts.count.rest'), '147.50'],
    [words('tenders.card'), '20.50'],
    [words('tenders.qr'), '0'],
    [words('tenders.transfer'), '12'],
  ] as const) {
    const field = page.getByLabel(label, { exact: true });
    await swipeTo(field);
    await tap(field);
    await tapDigits(page, sum);
  }
  await keepPicture(page, 'day-touch count 1024x768');
  await tap(button('shifts.count.commit'));
  await tap(page.getByRole('dialog').getByRole('button', { name: words('shifts.count.commit') }));
  await page.getByText(words('shifts.matches')).first().waitFor();
  await tap(button('shifts.outcome.acts.close'));
  await page.getByRole('region', { name: words('shifts.ticket.region') }).waitFor();
  await keepPicture(page, 'day-touch Z 1024x768');
  await tap(back);
  await untilFocus(memberField(page));
  await lock();
  expect(store.increments().map(({ balanceIncrement }) => balanceIncrement)).toEqual([
    ...['35', '20.5', '10', '12', '-10'],
  ]);
  expect(await keys()).toBe(0);
  expect(complaints).toEqual([]);
}, 300_000);
