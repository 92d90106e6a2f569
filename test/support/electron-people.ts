import type { Locator, Page } from 'playwright-core';
import { leaveField } from './electron-settings.ts';
import { managerPin, words } from './electron-till.ts';

// People at a till, as they are met in its window.

export interface AtWork {
  readonly name: string;
  readonly role: 'manager' | 'cashier';
  readonly pin: string;
}

/** Who was added first, a manager: their PIN is asked for each further manager. */
const bosses = new WeakMap<Page, AtWork>();

export const dialogOf = (page: Page, title: string): Locator =>
  page.getByRole('dialog', { name: words(title) });

export const press = (inside: Locator, key: string): Promise<void> =>
  inside.getByRole('button', { name: words(key), exact: true }).click();

/** From the People screen: adds somebody. The first one may take the till's own PIN. */
export async function addPerson(page: Page, { name, role, pin }: AtWork, isFirst: boolean): Promise<void> {
  await page.getByRole('button', { name: words(isFirst ? 'people.addFirst' : 'people.add') }).click();
  const dialog = dialogOf(page, 'people.addTitle');
  await dialog.getByLabel(words('people.name'), { exact: true }).fill(name);
  await dialog.getByRole('radio', { name: words(`people.roles.${role}`) }).check();
  await dialog.getByLabel(words('people.newPin')).fill(pin);
  await dialog.getByLabel(words('manager.repeat')).fill(pin);
  if (isFirst) bosses.set(page, { name, role, pin });
  const boss = bosses.get(page);
  if (isFirst) await dialog.getByLabel(words('people.tillPinFirst')).fill(managerPin);
  else if (boss !== undefined)
    await dialog.getByLabel(words('people.pinOf', { name: boss.name })).fill(boss.pin);
  await press(dialog, 'people.add');
  await dialog.waitFor({ state: 'detached' });
}

/** From the People screen: more than this takes a manager beside the cashier. */
export async function limitCashiers(page: Page, sum: string): Promise<void> {
  await page.getByLabel(words('people.balanceLimit')).fill(sum);
  await leaveField(page);
}

/** Gives a name and its PIN in the dialog that asks who is there. */
export async function signIn(page: Page, title: string, { name, pin }: AtWork): Promise<void> {
  const dialog = dialogOf(page, title);
  await dialog.getByRole('radio', { name }).check();
  // As fast as a person types: a scan is no PIN.
  await page.keyboard.type(pin, { delay: 90 });
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

export async function switchTo(page: Page, person: AtWork): Promise<void> {
  await page.keyboard.press('F12');
  await signIn(page, 'people.switchTitle', person);
}
