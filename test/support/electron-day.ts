import type { Locator, Page } from 'playwright-core';
import { untilFocus } from './electron-focus.ts';
import { type AtWork, addPerson } from './electron-people.ts';
import { untilSaved } from './electron-settings.ts';
import { memberField, openFromMenu, words } from './electron-till.ts';

// What several tests of a day do at the till.

/** From the till: these are at work there from now on, the first of them a manager. */
export async function setUpPeople(page: Page, people: readonly AtWork[]): Promise<void> {
  await memberField(page).waitFor();
  await openFromMenu(page, 'people');
  for (const person of people) await addPerson(page, person, person === people[0]);
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
}

/** From the till: who pays fifty gets five. `seen` is called before it is saved. */
export async function makeRule(page: Page, seen: () => Promise<void>): Promise<void> {
  await openFromMenu(page, 'rules');
  await pressOn(page, 'rules.addBonus');
  await untilFocus(page.getByLabel(words('rules.name'), { exact: true }));
  await page.keyboard.type('Pay 50 get 5');
  await page.getByLabel(words('rules.from'), { exact: true }).fill('50');
  await page.getByLabel(words('rules.gives'), { exact: true }).fill('5');
  await seen();
  await saveRules(page);
  await page.keyboard.press('Escape');
}

export async function saveRules(page: Page): Promise<void> {
  await page.getByRole('button', { name: words('saving.ask.save'), exact: true }).click();
  await untilSaved(page);
}

export const pressOn = (page: Page, key: string): Promise<void> =>
  page.getByRole('button', { name: words(key), exact: true }).click();

export async function openDay(page: Page): Promise<void> {
  await memberField(page).waitFor();
  await page.keyboard.press('F4');
}

export async function openShift(page: Page, float: string): Promise<void> {
  await openDay(page);
  await page.getByLabel(words('shifts.open.float'), { exact: true }).fill(float);
  await pressOn(page, 'shifts.open.act');
  await memberField(page).waitFor();
}

export const pinOf = (page: Page, { name }: AtWork): Locator =>
  page.getByRole('dialog').getByLabel(words('people.pinOf', { name }));
