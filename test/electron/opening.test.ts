import { expect, it } from 'vitest';
import { createFakeMain } from '../kit/fake-main.ts';
import { stagePage } from '../kit/page.ts';
import { snapshotOf } from '../renderer/support/samples.ts';
import { words } from '../support/electron-till.ts';

const openPage = stagePage();

it('says how far the records are put in order, and goes on to what then opens', async () => {
  const main = createFakeMain(snapshotOf({ mode: 'opening', opening: { done: 250_000, of: 1_000_000 } }));
  const page = await openPage(main);
  const heading = page.getByRole('heading', { name: words('opening.title') });
  await heading.waitFor();
  expect(await heading.evaluate((title) => title === document.activeElement)).toBe(true);
  const bar = page.getByRole('progressbar', { name: words('opening.progress') });
  expect(await bar.getAttribute('aria-valuenow')).toBe('25');
  await page.getByText('250,000 of 1,000,000').waitFor();
  main.tell({ topics: { opening: { done: 990_000, of: 1_000_000 } } });
  await page.getByText('990,000 of 1,000,000').waitFor();
  expect(await bar.getAttribute('aria-valuenow')).toBe('99');
  main.tell({ topics: { mode: 'first-run', opening: null } });
  await page.getByRole('heading', { name: words('firstStart.title') }).waitFor();
  expect(await heading.count()).toBe(0);
});

it('says to a second user of the computer whose till there is, in place of a first start', async () => {
  const details = {
    user: 'SHOP\\mei',
    till: 'Counter 1',
    file: 'C:\\ProgramData\\Counterfoil\\tills\\1.json',
  };
  const main = createFakeMain(snapshotOf({ mode: 'first-run', problem: { code: 'other-user', details } }));
  const page = await openPage(main);
  await page.getByRole('alert').getByText(words('errors.other-user', details)).waitFor();
  for (const named of Object.values(details)) await page.getByText(named).waitFor();
});

it('says that the next version is tried out before it takes the place of this one', async () => {
  const off = snapshotOf().update;
  const main = createFakeMain(
    snapshotOf({ mode: 'opening', update: { ...off, state: 'installing', version: '2.0.0' } }),
  );
  const page = await openPage(main);
  const heading = page.getByRole('heading', { name: words('opening.updating', { version: '2.0.0' }) });
  await heading.waitFor();
  expect(await heading.evaluate((title) => title === document.activeElement)).toBe(true);
  main.tell({ topics: { mode: 'first-run', update: off } });
  await page.getByRole('heading', { name: words('firstStart.title') }).waitFor();
  expect(await heading.count()).toBe(0);
});
