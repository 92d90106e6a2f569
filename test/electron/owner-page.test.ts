import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { err, type OwnerView, ok, type PickedZ, zFileProblems } from '../../preload/contract/index.ts';
import type { FakeMain } from '../kit/fake-main.ts';
import { busyOwner, type FakeOwner, longOwner, noOwner, ownerViewOf } from '../kit/fake-owner.ts';
import { createFakeShop } from '../kit/fake-shop.ts';
import { stagePage } from '../kit/page.ts';
import { axeFindings, picture } from '../support/electron-look.ts';
import { memberField, speak, words } from '../support/electron-till.ts';

// What the owner's view shows in each state that a main can bring about; the same with a real main: `owner.test.ts`.

const openPage = stagePage();

const press = (within: Page | Locator, name: string) =>
  within.getByRole('button', { name, exact: true }).click();

async function openOwner(main: FakeMain): Promise<Page> {
  const page = await openPage(main);
  await memberField(page).waitFor();
  await page.keyboard.press('F10');
  await press(page.getByRole('dialog', { name: words('menu.title') }), words('menu.owner'));
  await page.getByRole('heading', { level: 1, name: words('owner.title') }).waitFor();
  return page;
}

/** A main whose till a manager has unlocked. */
async function unlocked(of: FakeOwner, language = 'en'): Promise<{ main: FakeMain; view: OwnerView }> {
  const main = createFakeShop([], { language });
  const view = await ownerViewOf(of);
  main.answer('reports:look', () => ok({ view }));
  return { main, view };
}

const thisTill = (page: Page) => page.getByRole('region', { name: words('owner.thisTill') });
const tills = (page: Page) => page.getByRole('region', { name: words('owner.tills.title'), exact: true });

it('waits with words, and says how to begin where there is nothing', async () => {
  const main = createFakeShop([]);
  const view = await ownerViewOf(noOwner);
  const page = await openOwner(main);
  await page.getByRole('main').getByText(words('owner.loading')).waitFor();
  main.answer('reports:look', () => ok({ view }));
  await page.keyboard.press('Escape');
  await page.keyboard.press('F10');
  await press(page.getByRole('dialog', { name: words('menu.title') }), words('menu.owner'));
  await page.getByText(words('owner.none')).waitFor();
  await page.getByText(words('owner.tills.none')).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'owner-page-empty');
});

it('shows nothing before a manager’s PIN, and asks for it at once', async () => {
  const { main, view } = await unlocked(busyOwner());
  main.tell({ topics: { managerPinSet: true } });
  main.answer('reports:look', ({ pin }) =>
    pin === '271828'
      ? ok({ view })
      : err({ code: pin === undefined ? 'manager-locked' : 'manager-pin-wrong' }),
  );
  const page = await openOwner(main);
  const dialog = page.getByRole('dialog', { name: words('owner.acts.look.title') });
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(words('owner.locked')).waitFor();
  expect(await page.getByText('S$').count()).toBe(0);
  await press(page, words('owner.acts.look.action'));
  await dialog.getByLabel(words('manager.pin')).fill('1');
  await press(dialog, words('owner.acts.look.action'));
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel(words('manager.pin')).fill('271828');
  await press(dialog, words('owner.acts.look.action'));
  await thisTill(page).waitFor();
});

it('tells a failure and keeps what it had shown', async () => {
  const { main } = await unlocked(busyOwner());
  const page = await openOwner(main);
  await thisTill(page).waitFor();
  main.answer('reports:look', () => err({ code: 'database-failed' }));
  await press(page, words('owner.again'));
  await page.getByRole('alert').waitFor();
  await thisTill(page).waitFor();
});

it('goes from days to weeks and months, and from one to the one before', async () => {
  const { main, view } = await unlocked(busyOwner());
  const page = await openOwner(main);
  const heading = thisTill(page).getByRole('heading', { level: 2 });
  const first = await heading.textContent();
  expect(first).toContain('so far');
  expect(await page.getByRole('figure').count()).toBe(6);
  await press(page, words('owner.earlier'));
  await expect.poll(() => heading.textContent()).not.toBe(first);
  expect(await page.getByRole('button', { name: words('owner.later') }).isEnabled()).toBe(true);
  for (const span of ['week', 'month'] as const) {
    await press(page, words(`owner.spans.${span}`));
    const last = view[span].at(-1);
    const taken = page.getByRole('region', { name: words(`owner.charts.${span}`) });
    await taken.waitFor();
    expect(await taken.getByRole('figure').first().getByRole('row').count()).toBe(view[span].length + 1);
    await expect.poll(() => heading.textContent()).toContain('so far');
    expect(last?.isRunning).toBe(true);
  }
  await picture(page, 'owner-page-months');
});

it('adds up the tills, tells what is missing, and takes out what was imported', async () => {
  const { main, view } = await unlocked(busyOwner());
  const page = await openOwner(main);
  await press(page, words('owner.spans.week'));
  const week = view.week.at(-1);
  const table = tills(page).getByRole('table');
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

it('says of each file what became of it', async () => {
  const { main, view } = await unlocked(busyOwner());
  const report = { till: 'Counter 2', number: 4, businessDay: '2026-11-25' };
  const files: PickedZ[] = [
    { file: 'z-report-4.json', outcome: 'taken', problem: null, report },
    { file: 'z-report-4 (1).json', outcome: 'known', problem: null, report },
    ...zFileProblems.map((problem) => ({
      ...{ file: `${problem}.json`, outcome: 'refused' as const, problem, report: null },
    })),
  ];
  main.answer('reports:importFiles', () => ok({ files, left: 3, view }));
  const page = await openOwner(main);
  await press(page, words('owner.acts.import.action'));
  const news = page.getByRole('alert');
  for (const problem of zFileProblems) await news.getByText(words(`owner.problems.${problem}`)).waitFor();
  await news.getByText(words('owner.left_other', { count: '3' })).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'owner-page-import');
});

it('shows of thousands of reports those of the period, some at a time', async () => {
  const { main, view } = await unlocked(longOwner());
  expect(view.unlisted).toBeGreaterThan(0);
  const page = await openOwner(main);
  await press(page, words('owner.spans.month'));
  await tills(page)
    .getByRole('button', { name: /^Show \d+ Z reports$/ })
    .click();
  const list = tills(page).getByRole('list', { name: words('owner.zs.title') });
  expect(await list.getByRole('listitem').count()).toBe(40);
  await press(page, words('owner.zs.more'));
  await expect.poll(() => list.getByRole('listitem').count()).toBe(80);
});

it.each(['en', 'zh', 'ms'] as const)(
  'is read well in light and dark, large and small, in %s',
  async (language) => {
    speak(language);
    const { main } = await unlocked(busyOwner(), language);
    const page = await openOwner(main);
    await thisTill(page).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await picture(page, `owner-page-${language}-${colorScheme}`);
      expect(await axeFindings(page)).toEqual([]);
    }
    const { scrollWidth, innerWidth } = await page.evaluate(() => ({
      ...{ scrollWidth: document.documentElement.scrollWidth, innerWidth: window.innerWidth },
    }));
    expect(scrollWidth).toBeLessThanOrEqual(innerWidth);
  },
);
