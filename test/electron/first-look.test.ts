import { expect, it } from 'vitest';
import type { Snapshot } from '../../preload/contract/index.ts';
import { createFakeMain } from '../kit/fake-main.ts';
import { createFakeShop } from '../kit/fake-shop.ts';
import { stagePage } from '../kit/page.ts';
import { entryOf } from '../renderer/support/samples.ts';
import { memberField } from '../support/electron-till.ts';

const openPage = stagePage();

it('has nothing to press or to type into while main opens, and then the till', async () => {
  const main = createFakeShop([]);
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  main.answer('app:snapshot', async () => {
    await opened;
    return { ok: true, value: main.snapshot() };
  });
  const page = await openPage(main);
  await page.locator('#root > *').waitFor({ state: 'attached' });
  expect(await page.locator('button, input, a, [tabindex]').count()).toBe(0);
  open();
  await memberField(page).waitFor();
});

it('draws of a long list what can be seen, counts all, and keeps the row that has the focus', async () => {
  const activity: Snapshot['activity'] = Array.from({ length: 400 }, (_, index) =>
    entryOf({ id: `e${index}`, reference: String(400 - index), state: 'confirmed', canCancel: false }),
  );
  const main = createFakeMain({ ...createFakeShop([]).snapshot(), activity });
  const page = await openPage(main);
  const table = page.getByRole('table', { name: 'Activity' });
  await table.waitFor();
  expect(await table.getAttribute('aria-rowcount')).toBe('401');
  expect(await table.getByRole('row').count()).toBeLessThan(100);
  const first = table.locator('[data-row="0"] button').first();
  await first.focus();
  await table.evaluate((element) => {
    let scroller: Element | null = element;
    while (scroller !== null && getComputedStyle(scroller).overflowY !== 'auto')
      scroller = scroller.parentElement;
    scroller?.scrollTo({ top: scroller.scrollHeight });
  });
  await table.locator('[aria-rowindex="401"]').waitFor();
  expect(await table.locator('[data-row="100"]').count()).toBe(0);
  expect(await first.evaluate((button) => button === document.activeElement)).toBe(true);
});
