import { expect, it } from 'vitest';
import { limWei, meiLing, nurAisyah, rajanPillai } from '../../main/hosts/practice/members.ts';
import { look } from '../support/electron-look.ts';
import {
  applied,
  bodiesOf,
  lose,
  openAt,
  openCase,
  passUntilState,
  settle,
} from '../support/electron-review.ts';
import { review, untilRows, untilStrip, untilText, words } from '../support/electron-till.ts';

const wholeMs = 300_000;

it(
  'gives each lost reply to a manager with what was read: it arrived, send it, drop it',
  async () => {
    const open = await openAt({});
    const { page, clock, store, complaints } = open;
    await lose(store, page, limWei, '20', 'before');
    await lose(store, page, nurAisyah, '10', 'before');
    await lose(store, page, meiLing, '50', 'after');
    await lose(store, page, rajanPillai, '40', 'after');
    // Spent at a terminal meanwhile: the balance no longer tells.
    store.adjust(rajanPillai.customerUid, '287.00', rajanPillai.point);
    await passUntilState(clock, page, [limWei, nurAisyah, meiLing, rajanPillai], 'Needs review');
    await review(page)
      .getByRole('button', { name: words('review.open') })
      .click();

    const arrived = await openCase(page, meiLing, 'S$50.00');
    await untilText(arrived, words('review.advice.exactly-more', { sum: 'S$50.00' }));
    await untilText(arrived, /S\$120\.00.*S\$170\.00/);
    await look(open, 'review');
    await settle(page, arrived, 'arrived');
    const unclear = await openCase(page, rajanPillai, 'S$40.00');
    await untilText(unclear, words('review.advice.unclear'));
    await settle(page, unclear, 'arrived', true);
    const notArrived = await openCase(page, limWei, 'S$20.00');
    // What arrived may have been spent to the cent.
    await untilText(notArrived, words('review.advice.unclear'));
    await look(open, 'review-not-arrived');
    await settle(page, notArrived, 'send', true);
    await settle(page, await openCase(page, nurAisyah, 'S$10.00'), 'drop', true);
    await page.getByText(words('review.screen.empty')).waitFor();
    await page.keyboard.press('Escape');

    for (const member of [meiLing, rajanPillai, limWei]) await untilRows(page, 1, member.name, 'Done');
    await untilRows(page, 1, nurAisyah.name, 'Cancelled');
    await untilStrip(page, /^Online · all sent$/);
    expect(applied(store, meiLing)).toEqual([['50', '0']]);
    expect(applied(store, rajanPillai)).toEqual([['40', '0']]);
    expect(applied(store, limWei)).toEqual([['20', '0']]);
    expect(applied(store, nurAisyah)).toEqual([]);
    // Only what the manager had sent again left the till twice.
    const sends = [meiLing, rajanPillai, limWei, nurAisyah].map((member) => bodiesOf(store, member).length);
    expect(sends).toEqual([1, 1, 2, 1]);
    expect(complaints).toEqual([]);
  },
  wholeMs,
);
