import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { HostProfile, PracticeStore } from '../../main/hosts/practice/types.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { storeTimeZone } from '../kit/store-time-zone.ts';
import { openTill } from './electron-app.ts';
import { createPassingClock, type PassingClock } from './electron-clock.ts';
import { openSettings, untilSaved } from './electron-settings.ts';
import {
  givePin,
  increment,
  incrementCalls,
  incrementsOf,
  managerPin,
  memberField,
  openFromMenu,
  pressWithPin,
  rows,
  topUp,
  untilSent,
  type Wish,
  words,
} from './electron-till.ts';

// Replies that are lost, and what a manager makes of them, as the counter does it.

/** A till at a host of this kind, both by one clock. */
export async function openAt(profile: Partial<HostProfile>) {
  const clock = createPassingClock();
  const store = await startPracticeStore({ clock, storeTimeZone, profile });
  const open = await openTill(store, { managerPin }, { clock });
  return { ...open, clock, store };
}

/** Tops up while the reply is lost, before or after KYBIO has applied it. */
export async function lose(
  store: PracticeStore,
  page: Page,
  member: Wish,
  amount: string,
  when: 'before' | 'after',
  points = '',
): Promise<void> {
  store.addFault({ fault: { kind: 'drop', when }, method: increment, times: 1 });
  await topUp(page, member, amount, points);
  await untilSent(page, 1, member.name, 'Checking');
}

/** Lets time pass until an entry of each of these members is in this state. */
export const passUntilState = (
  clock: PassingClock,
  page: Page,
  members: readonly Wish[],
  state: string,
  stepMs?: number,
): Promise<void> =>
  clock.passUntil(async () => {
    const counts = await Promise.all(members.map(({ name }) => rows(page, name, state).count()));
    return counts.every((count) => count > 0);
  }, stepMs);

/** Ticks that every till has its own number and has the settings kept. */
export async function declareTillNumbers(page: Page): Promise<void> {
  await openSettings(page, 'offline', true);
  const label = words('policy.switches.tillNumbersDeclared');
  await page.getByText(label, { exact: true }).click();
  await untilSaved(page);
  expect(await page.getByRole('switch', { name: label }).isChecked()).toBe(true);
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
}

/** Runs the host check-up from its start to its end, twenty minutes later. */
export async function runCheckUp(page: Page, clock: PassingClock, member: Wish): Promise<void> {
  await openFromMenu(page, 'checkUp');
  await page.getByLabel(words('checkUp.member')).fill(member.number);
  await page.getByRole('button', { name: words('checkUp.start') }).click();
  await givePin(page, words('checkUp.startConfirm'));
  const waiting = page.getByText(words('checkUp.states.waiting'), { exact: true });
  const done = page.getByText(words('checkUp.states.done'), { exact: true });
  await clock.passUntil(async () => {
    // It waits for twenty minutes.
    if ((await waiting.count()) > 0) await clock.pass(600_000);
    return (await done.count()) > 0;
  }, 10_000);
  await page.getByText(words('checkUp.reversed')).waitFor();
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
}

/** Its card, once it is the one that is open, which has KYBIO read. */
export async function openCase(page: Page, member: Wish, sum: string): Promise<Locator> {
  const name = `${member.name} · ${sum}`;
  const card = page.getByRole('article', { name });
  const chip = page.getByRole('list', { name: words('review.title') }).getByRole('button', { name });
  await card.or(chip).first().waitFor();
  if ((await card.count()) === 0) await chip.click();
  await card.waitFor();
  await page.getByText(words('review.reading.now')).waitFor({ state: 'detached' });
  return card;
}

export type Answer = 'arrived' | 'send' | 'drop';

export const answerButton = (article: Locator, word: Answer): Locator =>
  article.getByRole('button', { name: words(`review.answers.${word}`), exact: true });

/** Has KYBIO read once more for the case that is open, and waits until it was. */
export async function readAgain(page: Page, article: Locator): Promise<void> {
  await article
    .getByRole('button', { name: words('review.reading.read') })
    .or(article.getByRole('button', { name: words('review.reading.again') }))
    .click();
  await article.getByRole('button', { name: words('review.reading.again') }).waitFor();
  await page.getByText(words('review.reading.now')).waitFor({ state: 'detached' });
}

/** Gives a manager's answer; `isAgainst` where the evidence does not say so, which is asked about first. */
export async function answer(page: Page, article: Locator, word: Answer, isAgainst = false): Promise<void> {
  await answerButton(article, word).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  expect(await dialog.getByRole('button', { name: words('review.ask.goOn') }).count()).toBe(
    isAgainst ? 1 : 0,
  );
  if (isAgainst) await dialog.getByRole('button', { name: words('review.ask.goOn') }).click();
  await pressWithPin(dialog, words(`review.ask.confirm.${word}`));
}

/** The same, and the case is closed by it. */
export async function settle(page: Page, article: Locator, word: Answer, isAgainst = false): Promise<void> {
  await answer(page, article, word, isAgainst);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await article.waitFor({ state: 'detached' });
}

/** What KYBIO applied for one member, oldest first. */
export const applied = (store: PracticeStore, member: { readonly customerUid: string }) =>
  incrementsOf(store, member).map(({ balanceIncrement, pointIncrement }) => [
    balanceIncrement,
    pointIncrement,
  ]);

/** The bodies that reached KYBIO for one member, whatever it did with them, oldest first. */
export const bodiesOf = (store: PracticeStore, member: { readonly customerUid: string }) =>
  incrementCalls(store)
    .map(({ body }) => body)
    .filter((body) => body.includes(member.customerUid));
