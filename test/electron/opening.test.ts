import { expect, it } from 'vitest';
import { createFakeMain } from '../kit/fake-main.ts';
import { stagePage } from '../kit/page.ts';
import { snapshotOf } from '../renderer/support/samples.ts';
import { words } from '../support/electron-till.ts';

const openPage = stagePage();

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
