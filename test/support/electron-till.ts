import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import type { Language } from '../../preload/contract/index.ts';
import { closed, marked } from '../../renderer/kit/chinese-gaps.ts';
import type { Words } from '../../renderer/locales/index.ts';
import { timeoutMs } from './electron-app.ts';
import { english, inLanguage } from './english.ts';

// A till as a cashier sees it: everything is found by its role and its name.

let spoken: object = english;

/** From here on the till is looked at in this language, or in these words, to the end of the test. */
export function speak(language: Language | Words): void {
  spoken = typeof language === 'string' ? inLanguage(language) : language;
  onTestFinished(() => {
    spoken = english;
  });
}

/** The words of a locale key, English unless told otherwise, so that a sentence can be bettered without a test's leave. */
export function words(key: string, values: Readonly<Record<string, string>> = {}): string {
  const found = key
    .split('.')
    .reduce<unknown>((branch, name) => (branch as Record<string, unknown> | undefined)?.[name], spoken);
  if (typeof found !== 'string') throw new RangeError(`no words for ${key}`);
  return closed(found.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => marked(values[name] ?? whole)));
}

export const increment = 'updateBalancePointByIncrement';

export const memberField = (page: Page): Locator =>
  page.getByRole('textbox', { name: words('form.member'), exact: true });
export const amountField = (page: Page): Locator => page.getByRole('textbox', { name: words('form.amount') });
export const pointsField = (page: Page): Locator => page.getByRole('textbox', { name: words('form.points') });
export const confirmButton = (page: Page): Locator =>
  page.getByRole('button', { name: new RegExp(`^${words('form.confirm')}`) });
/** A day's field: its parts are spin buttons. */
export const dayField = (page: Page, key: string): Locator =>
  page.getByRole('group', { name: words(key), exact: true });
/** What was handed over, where cash is chosen. */
export const cashField = (page: Page): Locator => page.getByRole('textbox', { name: words('form.given') });
/** A way to pay, by its name in the locale file. */
export const wayButton = (page: Page, tender: string): Locator =>
  page
    .getByRole('group', { name: words('form.tender') })
    .getByRole('button', { name: words(`tenders.${tender}`), exact: true });
export const memberCard = (page: Page): Locator =>
  page.getByRole('region', { name: words('form.member'), exact: true });
/** What was kept last, as it fares. */
export const ticket = (page: Page): Locator => page.getByRole('region', { name: words('ticket.region') });
export const review = (page: Page): Locator => page.getByRole('region', { name: words('review.title') });

/** The line above the list shows the first notice, and counts the others. */
export const moreNotices = (page: Page): Locator =>
  page.getByRole('button', {
    name: new RegExp(
      `^(${['one', 'other'].map((of) => words(`notices.more_${of}`, { count: '\\d+' })).join('|')})$`,
    ),
  });

/** Every notice in full. */
export async function openNotices(page: Page): Promise<Locator> {
  await moreNotices(page).click();
  return page.getByRole('dialog', { name: words('notices.all') });
}

/** The activity's rows that hold all of these words, newest first. */
export function rows(page: Page, ...shown: readonly (string | RegExp)[]): Locator {
  const all = page
    .getByRole('table', { name: words('activity.table') })
    .locator('tbody')
    .getByRole('row');
  return shown.reduce<Locator>((found, word) => found.filter({ hasText: word }), all);
}

/** A press opens a row in its place, unless it is open; its details are one more. */
export async function openDetails(row: Locator): Promise<void> {
  const details = row.getByRole('button', { name: words('activity.details'), exact: true });
  if ((await details.count()) === 0) await row.getByRole('button').first().click();
  await details.click();
}

/** Resolves once exactly this many rows hold these words. */
export async function untilRows(
  page: Page,
  count: number,
  ...shown: readonly (string | RegExp)[]
): Promise<void> {
  await expect
    .poll(() => rows(page, ...shown).count(), {
      timeout: timeoutMs,
      message: `rows with ${shown.join(', ')}`,
    })
    .toBe(count);
}

/** The strip's sentence. */
export const strip = async (page: Page): Promise<string> =>
  ((await page.getByRole('status').first().textContent()) ?? '').replace(/\s+/g, ' ');

export async function untilStrip(page: Page, shown: string | RegExp): Promise<void> {
  await expect.poll(() => strip(page), { timeout: timeoutMs }).toMatch(shown);
}

/**
 * As many rows as these; where the last answers were lost and entries go one at a time, a person has each one sent.
 * A press that comes too late finds nothing to press.
 */
export async function untilSent(page: Page, count: number, ...shown: readonly string[]): Promise<void> {
  const press = (name: string) =>
    page
      .getByRole('button', { name: words(name) })
      .click({ timeout: 1_000 })
      .then(
        () => true,
        () => false,
      );
  await expect
    .poll(
      async () => {
        const found = await rows(page, ...shown).count();
        if (found < count) await press('strip.sendNow');
        return found;
      },
      { timeout: 20_000, message: `rows with ${shown.join(', ')}` },
    )
    .toBe(count);
}

export async function untilText(locator: Locator, shown: string | RegExp): Promise<void> {
  await locator.filter({ hasText: shown }).first().waitFor();
}

/** Types a number, a phone or a name into the member field and presses Enter. */
export async function find(page: Page, query: string): Promise<void> {
  await memberField(page).fill(query);
  await memberField(page).press('Enter');
}

/** Finds exactly one member and waits for the card; where none comes, the failure tells what the form says instead. */
export async function takeMember(page: Page, member: { readonly number: string; readonly name: string }) {
  await find(page, member.number);
  await untilText(memberCard(page), member.name).catch(async (cause: unknown) => {
    const form = page.getByRole('region', { name: words('form.region') });
    throw new Error(`no card of ${member.name}, but: ${await form.textContent()}`, { cause });
  });
}

/** Says how it is paid, where that is asked and not said yet. */
export async function pay(page: Page, tender = 'card'): Promise<void> {
  const ways = page.getByRole('group', { name: words('form.tender') });
  if ((await ways.count()) === 0) return;
  if ((await ways.getByRole('button', { pressed: true }).count()) > 0) return;
  await ways.getByRole('button', { name: words(`tenders.${tender}`), exact: true }).click();
}

export interface Wish {
  readonly number: string;
  readonly name: string;
}

/** A whole top-up, from the card number until it is kept: the form is empty then, ready for the next. */
export async function topUp(page: Page, member: Wish, amount: string, points = ''): Promise<void> {
  await takeMember(page, member);
  await amountField(page).fill(amount);
  if (points !== '') await pointsField(page).fill(points);
  if (amount !== '') await pay(page);
  await confirmButton(page).click();
  await expect.poll(() => memberField(page).inputValue(), { timeout: timeoutMs }).toBe('');
}

/** The calls that asked for an increment, as KYBIO heard them. */
export const incrementCalls = (store: PracticeStore) =>
  store.calls().filter((call) => call.method === increment);

/** What the ledger holds of one member, oldest first. */
export const incrementsOf = (store: PracticeStore, member: { readonly customerUid: string }) =>
  store.increments().filter(({ customerUid }) => customerUid === member.customerUid);

export async function untilIncrements(store: PracticeStore, count: number): Promise<void> {
  await expect.poll(() => store.increments().length, { timeout: timeoutMs }).toBe(count);
}

export const managerPin = '271828';

type Place = 'review' | 'owner' | 'rules' | 'people' | 'receipts' | 'settings' | 'kybio' | 'safety';

/** What is pressed in the menu, in turn: `desk:` in the desk's list. */
const waysTo = {
  openReview: ['menu.desk', 'desk:review'],
  owner: ['menu.desk', 'desk:owner'],
  rules: ['menu.desk', 'desk:rules'],
  people: ['menu.desk', 'desk:people'],
  receipts: ['menu.desk', 'desk:receipts'],
  settings: ['menu.desk', 'desk:settings'],
  kybio: ['menu.desk', 'desk:kybio'],
  safety: ['menu.desk', 'desk:safety'],
  checkUp: ['menu.desk', 'desk:kybio', 'waysOut.check-up'],
  replaceKey: ['menu.desk', 'desk:kybio', 'account.replaceKey'],
  tillNumber: ['menu.desk', 'desk:kybio', 'account.tillNumber'],
  about: ['menu.desk', 'desk:safety', 'computer.show'],
  station: ['menu.desk', 'desk:safety', 'computer.change'],
  leaveKiosk: ['menu.desk', 'desk:safety', 'computer.leave'],
  makePin: ['menu.desk', 'desk.makePin'],
  shift: ['menu.shift'],
  match: ['menu.shift', 'shifts.tabs.match'],
  help: ['menu.help'],
  diagnostics: ['menu.help', 'help.report'],
  practice: ['menu.practice'],
  showGuide: ['menu.practice', 'menu.showGuide'],
  leavePractice: ['menu.practice', 'menu.leavePractice'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A place of the desk, where that is open; a narrow window has the list behind a button. */
export async function openPlace(page: Page, place: Place): Promise<void> {
  const name = words(`desk.places.${place}`);
  if (await page.evaluate(() => innerWidth < 900)) {
    await page.getByRole('banner').locator('[aria-haspopup="dialog"]').click();
    await page.getByRole('dialog').getByRole('button', { name }).click();
  } else {
    await page
      .getByRole('navigation', { name: words('desk.title') })
      .getByRole('button', { name })
      .click();
  }
}

/** From the till, or from the desk. */
export async function openFromMenu(page: Page, item: keyof typeof waysTo): Promise<void> {
  await memberField(page)
    .or(page.getByRole('button', { name: words('strip.backToTill') }))
    .first()
    .waitFor();
  await page.keyboard.press('F10');
  const menu = page.getByRole('dialog', { name: words('menu.title'), exact: true });
  const [first, ...rest] = waysTo[item];
  await menu.getByRole('button', { name: words(first), exact: true }).click();
  await menu.waitFor({ state: 'detached' });
  for (const step of rest) {
    const place = /^desk:(?<place>.+)$/.exec(step)?.groups?.['place'];
    if (place !== undefined) await openPlace(page, place as Place);
    else
      await page
        .getByRole('button', { name: words(step), exact: true })
        .first()
        .click();
  }
}

/** Types the manager's PIN into an open dialog, where it asks for one, and presses its button. */
export async function pressWithPin(dialog: Locator, button: string): Promise<void> {
  const act = dialog.getByRole('button', { name: button, exact: true });
  await act.waitFor();
  const pin = dialog.getByLabel(words('manager.pin'));
  if ((await pin.count()) > 0) await pin.fill(managerPin);
  await act.click();
}

/** The same, and waits until the dialog is gone. */
export async function givePin(page: Page, button: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await pressWithPin(dialog, button);
  await dialog.waitFor({ state: 'detached' });
}
