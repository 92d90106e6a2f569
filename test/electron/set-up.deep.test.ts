import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, provisioningFile } from '../support/electron-app.ts';
import { connect, fillIn, rightFields } from '../support/electron-set-up.ts';
import { topUp, untilRows, words } from '../support/electron-till.ts';

it('opens the first start with words where a provisioning file cannot be used', async () => {
  const store = await startPracticeStore();
  const file = provisioningFile(store, { host: 'http://area1.kybio.example' });
  const { page } = await openApp({ args: [`--provision=${file}`] });
  await page.getByRole('button', { name: /^Connect to KYBIO/ }).waitFor();
  await page.getByRole('button', { name: /^Open the practice store/ }).waitFor();
  await page.getByText(words('errors.provisioning-invalid', { field: 'host' })).waitFor();
  // What could not be imported stays whole, to be mended.
  expect(readFileSync(file, 'utf8')).toContain(store.appKey);
  writeFileSync(file, '');
});

it('writes numbers as the computer it is set up on does', async () => {
  const store = await startPracticeStore();
  const { page } = await openApp({ args: ['--lang=de-DE'] });
  await page.getByRole('button', { name: /^Connect to KYBIO/ }).click();
  expect(await page.evaluate(() => navigator.language)).toMatch(/^de/);
  await fillIn(page, { ...rightFields(store), Currency: 'EUR' });
  await connect(page);
  await page.getByRole('button', { name: words('manager.codeDone') }).click();
  await page.getByRole('button', { name: words('firstDay.toTill') }).click();
  await topUp(page, meiLing, '12,50');
  await untilRows(page, 1, 'Done', '12,50');
  expect(store.increments().map(({ balanceIncrement }) => balanceIncrement)).toEqual(['12.5']);
});
