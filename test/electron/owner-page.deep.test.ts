import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { ok } from '../../preload/contract/index.ts';
import { aheadOwner, busyOwner, noOwner, ownerViewOf } from '../kit/fake-owner.ts';
import { createFakeShop } from '../kit/fake-shop.ts';
import { stagePage } from '../kit/page.ts';
import { axeFindings, lookAtPage, picture } from '../support/electron-look.ts';
import { allTills, openOwner, press, unlocked } from '../support/electron-owner.ts';
import { openFromMenu, speak, words } from '../support/electron-till.ts';

const openPage = stagePage();

const tills = (page: Page) => page.getByRole('region', { name: words('owner.tills.title'), exact: true });

it('waits with words, and says how to begin where there is nothing', async () => {
  const main = createFakeShop([]);
  const view = await ownerViewOf(noOwner);
  const page = await openOwner(openPage, main);
  await page.getByRole('main').getByText(words('owner.loading')).waitFor();
  main.answer('reports:look', () => ok({ view }));
  await page.keyboard.press('Escape');
  await openFromMenu(page, 'owner');
  await page.getByText(words('owner.none')).waitFor();
  await page.getByText(words('owner.tills.none')).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'owner-page-empty');
});

it('adds up the tills, tells what is missing, and takes out what was imported', async () => {
  const { main, view } = await unlocked(busyOwner());
  const page = await openOwner(openPage, main);
  await press(page, words('owner.spans.week'));
  const week = view.week.at(-1);
  // Beneath the tills are the lines of their figures.
  const table = tills(page).getByRole('table').first();
  expect(await table.locator('tbody').getByRole('row').count()).toBe(week?.tills.length);
  await tills(page)
    .getByText(words('owner.missing.numbers', { from: '116', to: '117', till: 'Pasar Malam Stall 3' }))
    .waitFor();
  await picture(page, 'owner-page-week');
  expect(await axeFindings(page)).toEqual([]);
  await tills(page)
    .getByRole('button', { name: /^Show \d+ Z reports$/ })
    .click();
  const row = tills(page).getByRole('button', { name: /^Remove: Z 119 of Counter 2$/ });
  await row.click();
  main.answer('reports:removeFile', () => ok({ view }));
  main.tell({ topics: { managerPinSet: true } });
  await expect.poll(() => page.getByRole('dialog').count()).toBe(1);
});

it.each(['en', 'zh', 'ms'] as const)(
  'names each report of a day yet to come, whatever period is shown, in %s',
  async (language) => {
    speak(language);
    const { main } = await unlocked(aheadOwner(), language);
    const page = await openOwner(openPage, main);
    const note = tills(page).getByText(words('owner.ahead.title_other', { count: '3' }));
    await note.waitFor();
    await press(page, words('owner.spans.month'));
    await note.waitFor();
    const rows = tills(page)
      .getByRole('list', { name: words('owner.ahead.list') })
      .getByRole('listitem');
    expect(await rows.count()).toBe(3);
    expect((await rows.allTextContents()).map((row) => [row.includes('2027'), /\d/.test(row)])).toEqual([
      [true, true],
      [true, true],
      [false, true],
    ]);
    // This till's own is in its journal.
    expect(await rows.getByRole('button').count()).toBe(2);
    await rows.last().scrollIntoViewIfNeeded();
    await picture(page, `owner-page-ahead-${language}`);
    expect(await axeFindings(page)).toEqual([]);
    const without = await ownerViewOf({ ...aheadOwner(), files: [] });
    main.answer('reports:removeFile', () => ok({ view: without }));
    main.tell({ topics: { managerPinSet: true } });
    await rows
      .first()
      .getByRole('button', { name: words('owner.zs.removeNamed', { number: '2', till: 'Counter 2' }) })
      .click();
    const dialog = page.getByRole('dialog', { name: words('owner.acts.remove.title') });
    await dialog.getByLabel(words('manager.pin')).fill('271828');
    await press(dialog, words('owner.acts.remove.action'));
    await expect.poll(() => rows.count()).toBe(1);
  },
);

it.each(['en', 'zh', 'ms'] as const)(
  'is read well in light and dark, large and small, in %s',
  async (language) => {
    speak(language);
    const { main } = await unlocked(busyOwner(), language);
    const page = await openOwner(openPage, main);
    await allTills(page).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await picture(page, `owner-page-${language}-${colorScheme}`);
      expect(await axeFindings(page)).toEqual([]);
    }
    if (language === 'en') await lookAtPage(page, 'owner-page');
    const { scrollWidth, innerWidth } = await page.evaluate(() => ({
      ...{ scrollWidth: document.documentElement.scrollWidth, innerWidth: window.innerWidth },
    }));
    expect(scrollWidth).toBeLessThanOrEqual(innerWidth);
  },
);
