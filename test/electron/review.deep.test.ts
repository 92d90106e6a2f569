import { join } from 'node:path';
import { expect, it } from 'vitest';
import { limWei, meiLing, nurAisyah, rajanPillai } from '../../main/hosts/practice/members.ts';
import { openApp } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import {
  answerButton,
  applied,
  bodiesOf,
  lose,
  openAt,
  openCase,
  passUntilState,
  readAgain,
  settle,
} from '../support/electron-review.ts';
import {
  openFromMenu,
  review,
  topUp,
  untilRows,
  untilSent,
  untilStrip,
  untilText,
  words,
} from '../support/electron-till.ts';
import { forgeSignature } from '../support/forge.ts';

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

it(
  'never sends what was tampered with: it is closed as arrived, or dropped and entered anew',
  async () => {
    const first = await openAt({});
    const { clock, store, folder } = first;
    await lose(store, first.page, limWei, '20', 'before');
    await lose(store, first.page, meiLing, '50', 'after');
    await first.kill();
    for (const sequence of [1, 2]) forgeSignature(join(folder, 'live', 'counterfoil.db'), sequence);

    const open = await openApp({ folder, clock });
    const { page } = open;
    await page
      .getByRole('alert')
      .filter({ hasText: words('journal.broken.title') })
      .waitFor();
    await untilRows(page, 2, 'Needs review');
    await openFromMenu(page, 'openReview');
    const dropped = await openCase(page, limWei, 'S$20.00');
    await untilText(dropped, words('review.case.notVouched'));
    // What left before the kill may still be on its way.
    await untilText(dropped, /may still be on its way to KYBIO/);
    expect(await answerButton(dropped, 'drop').count()).toBe(0);
    await look(open, 'review-quarantine');
    await clock.pass(150_000);
    await readAgain(page, dropped);
    expect(await answerButton(dropped, 'send').count()).toBe(0);
    await settle(page, dropped, 'drop', true);
    const arrived = await openCase(page, meiLing, 'S$50.00');
    await untilText(arrived, words('review.case.notVouched'));
    expect(await answerButton(arrived, 'send').count()).toBe(0);
    await settle(page, arrived, 'arrived');
    await page.keyboard.press('Escape');
    await untilRows(page, 1, limWei.name, 'Cancelled');
    await untilRows(page, 1, meiLing.name, 'Done');
    expect(bodiesOf(store, limWei)).toHaveLength(1);

    await topUp(page, limWei, '20');
    await untilSent(page, 1, limWei.name, 'Done');
    expect(applied(store, limWei)).toEqual([['20', '0']]);
    expect(applied(store, meiLing)).toEqual([['50', '0']]);
    expect(bodiesOf(store, meiLing)).toHaveLength(1);
  },
  wholeMs,
);
