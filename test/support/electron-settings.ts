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

/** Leaves the field, which saves it: with the PIN if it is asked for. */
export async function leaveField(page: Page): Promise<void> {
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await untilSaved(page);
}

/** Until what was set is saved: with the PIN if it is asked for. */
export async function untilSaved(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: words('saving.ask.title') });
  const saved = page.getByText(words('saving.saved'), { exact: true });
  await dialog.or(saved).first().waitFor();
  if ((await dialog.count()) > 0) await givePin(page, words('saving.ask.save'));
  await saved.waitFor();
}
