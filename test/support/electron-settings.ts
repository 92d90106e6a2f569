import type { Page } from 'playwright-core';
import type { SettingsGroup } from '../../renderer/app/settings/groups.ts';
import { givePin, openFromMenu, words } from './electron-till.ts';

// A manager's settings, in the window of a till.

/** One of the settings' tabs. */
export const openTab = (page: Page, tab: SettingsGroup['id']): Promise<void> =>
  page.getByRole('button', { name: words(`policy.tabs.${tab}`), exact: true }).click();

/** What only IT touches, on the tab that is open. */
export const openAdvanced = (page: Page): Promise<void> =>
  page.getByRole('button', { name: words('policy.advanced.title') }).click();

/** From the till: the settings at a tab, with what is under Advanced if `isAdvanced`. */
export async function openSettings(page: Page, tab: SettingsGroup['id'], isAdvanced = false): Promise<void> {
  await openFromMenu(page, 'settings');
  await openTab(page, tab);
  if (isAdvanced) await openAdvanced(page);
}

/** Presses Save, by how many changes it names. */
export const pressSave = (page: Page, changes = 1): Promise<void> =>
  page
    .getByRole('button', {
      name: words(`saving.save_${changes === 1 ? 'one' : 'other'}`, { count: String(changes) }),
      exact: true,
    })
    .click();

/** Saves so many changes, with the PIN if it is asked for. */
export async function saveChanges(page: Page, changes = 1): Promise<void> {
  await pressSave(page, changes);
  const dialog = page.getByRole('dialog', { name: words('saving.ask.title') });
  const saved = page.getByText(words('saving.saved'), { exact: true });
  await dialog.or(saved).first().waitFor();
  if ((await dialog.count()) > 0) await givePin(page, words('saving.ask.save'));
  await saved.waitFor();
}
