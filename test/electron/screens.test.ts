import { it } from 'vitest';
import { untilRows, untilStrip, words } from '../support/electron-till.ts';
import { openWithTrouble } from '../support/electron-trouble.ts';

/** Each is looked at in every size and both schemes. */
const wholeMs = 300_000;

it(
  'leads from the strip to what was refused, until somebody has seen it',
  async () => {
    const { page } = await openWithTrouble();
    await untilStrip(page, '1 refused');
    await page.getByRole('status').getByRole('button', { name: '1 refused' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(words('entry.means.rejected')).waitFor();
    await dialog.getByRole('button', { name: words('entry.seen'), exact: true }).click();
    await untilStrip(page, /^Online · all sent$/);
    await untilRows(page, 1, 'Refused');
  },
  wholeMs,
);
