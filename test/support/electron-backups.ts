import type { OpenApp } from './electron-app.ts';
import { givePin, openFromMenu, words } from './electron-till.ts';

/** As the settings make one: by hand, with a manager's PIN. */
export async function makeBackup({ page }: OpenApp): Promise<void> {
  await openFromMenu(page, 'safety');
  await page.getByRole('button', { name: words('backups.now') }).click();
  await givePin(page, words('backups.acts.now.action'));
  await page.getByText(/^Newest: /).waitFor();
}

export async function putNewestBack({ page }: OpenApp): Promise<void> {
  await page.getByRole('button', { name: words('restore.look') }).click();
  await page.getByText(words('restore.means')).waitFor();
  await page.getByRole('button', { name: words('restore.start') }).click();
}
