import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing, nurAisyah, rajanPillai } from '../../main/hosts/practice/members.ts';
import type { LedgerMember, PracticeStore } from '../../main/hosts/practice/types.ts';
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
  amountField,
  confirmButton,
  givePin,
  memberCard,
  openDetails,
  openFromMenu,
  review,
  rows,
  takeMember,
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

/** A top-up during which the member's balance turns out to be another than the till was told at the look-up. */
async function topUpAgainst(page: Page, store: PracticeStore, member: LedgerMember, balance: string) {
  const { balance: before, point } = store.member(member.customerUid);
  await takeMember(page, member);
  await untilText(memberCard(page), `S$${Number(before).toFixed(2)}`);
  store.adjust(member.customerUid, balance, point);
  await amountField(page).fill('5');
  await confirmButton(page).click();
}

async function takeBack(page: Page, shown: string) {
  const doubt = page.getByRole('article', { name: words('doubts.possible-double.title') });
  await untilText(doubt, shown);
  await untilText(doubt, words('doubts.possible-double.stands').slice(0, 30));
  await doubt.getByRole('button', { name: words('doubts.possible-double.correct') }).click();
  await givePin(page, words('doubts.possible-double.correct'));
  await doubt.waitFor({ state: 'detached' });
}

it(
  'raises a double of what was sent twice from the next reply, and only notes what is less',
  async () => {
    const open = await openAt({});
    const { page, clock, store, complaints } = open;
    await lose(store, page, limWei, '20', 'before');
    await lose(store, page, meiLing, '50', 'after');
    await passUntilState(clock, page, [limWei, meiLing], 'Needs review');
    await openFromMenu(page, 'openReview');
    await settle(page, await openCase(page, limWei, 'S$20.00'), 'send', true);
    await settle(page, await openCase(page, meiLing, 'S$50.00'), 'arrived');
    await page.keyboard.press('Escape');
    await untilRows(page, 2, 'Done');

    // The request that was given up arrives after all, and what had arrived is spent.
    await topUpAgainst(page, store, limWei, '88.50');
    await untilStrip(page, words('strip.review_one', { count: '1' }));
    await topUpAgainst(page, store, meiLing, '120.00');
    await untilRows(page, 4, 'Done');
    await openFromMenu(page, 'openReview');
    await page.getByRole('article', { name: words('doubts.possible-double.title') }).waitFor();
    expect(await page.getByRole('article').count()).toBe(1);
    await look(open, 'doubts');
    await takeBack(page, 'Lim Wei · S$20.00');
    await page.getByText(words('review.screen.empty')).waitFor();
    await page.keyboard.press('Escape');

    // One credit of the double is left, which a manager can still reverse.
    await untilRows(page, 5, 'Done');
    await untilRows(page, 1, 'Lim Wei', 'reverses 0001');
    await untilStrip(page, /^Online · all sent$/);
    await openDetails(rows(page, 'Tan Mei Ling', 'S$50.00').first());
    await untilText(page.getByRole('dialog'), /−\s?S\$50\.00.*nothing to decide/);
    await look(open, 'odd-sums');
    await page.keyboard.press('Escape');
    expect(applied(store, limWei).map(([balance]) => balance)).toEqual(['20', '5', '-20']);
    expect(applied(store, meiLing).map(([balance]) => balance)).toEqual(['50', '5']);
    expect(Number(store.member(limWei.customerUid).balance)).toBe(73.5);
    expect(Number(store.member(meiLing.customerUid).balance)).toBe(125);
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
