import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { amount, type Snapshot } from '../../preload/contract/index.ts';
import { createFakeShop } from '../kit/fake-shop.ts';
import { stagePage } from '../kit/page.ts';
import { entryOf, memberOf } from '../renderer/support/samples.ts';
import { axeFindings, keepPicture } from '../support/electron-look.ts';
import { memberField, rows, topUp, words } from '../support/electron-till.ts';

// What stands above the day's list takes one line, and leaves the list as tall as it was drawn.

const openPage = stagePage();

const member = memberOf({ number: 'MB-1', name: 'Lim Wei' });
const day = Array.from({ length: 14 }, (_, at) =>
  entryOf({
    id: `day ${at}`,
    reference: String(at + 1).padStart(4, '0'),
    state: 'confirmed',
    canCancel: false,
    canReverse: true,
    balanceBefore: amount('1000'),
    balanceAfter: amount('1050'),
  }),
);

/** Offline since a moment ago, without a shift, and one to review. */
const trouble = ({ link, shift }: Snapshot): Partial<Snapshot> => ({
  link: { ...link, state: 'offline' },
  offline: { sinceMs: Date.now(), stopped: false },
  shift: { ...shift, isUsed: true },
});

async function openTrading(change: (now: Snapshot) => Partial<Snapshot>) {
  const main = createFakeShop([member], { keypad: true });
  main.tell({ put: day, topics: change(main.snapshot()) });
  const page = await openPage(main);
  await memberField(page).waitFor();
  await topUp(page, member, '20');
  return { main, page };
}

/** Whole rows that a person sees without scrolling. */
const wholeRows = (page: Page): Promise<number> =>
  rows(page).evaluateAll(
    (all) =>
      all.filter((row) => {
        const { left, top, bottom } = row.getBoundingClientRect();
        const [first, last] = [top, bottom - 2].map((y) => document.elementFromPoint(left + 30, y));
        return row.contains(first ?? null) && row.contains(last ?? null);
      }).length,
  );

async function expectRows(page: Page, name: string, sizes: readonly (readonly [number, number, number])[]) {
  const found: string[] = [];
  for (const [width, height, least] of sizes) {
    await page.setViewportSize({ width, height });
    await page.mouse.move(1, 1);
    const seen = await wholeRows(page);
    if (seen < least) found.push(`${width}x${height}: ${seen} rows instead of ${least}`);
    const isWider = await page.evaluate(() =>
      [...document.querySelectorAll('main *')].some(
        (one) => one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX),
      ),
    );
    if (isWider) found.push(`${width}x${height}: something scrolls sideways`);
    await keepPicture(page, `notices-${name} ${width}x${height}`);
  }
  expect(found).toEqual([]);
}

it('shows eight rows of the day under ticket, tiles and a notice', async () => {
  const { page } = await openTrading(trouble);
  await page.getByRole('region', { name: words('notices.region') }).waitFor();
  await expectRows(page, 'trading', [
    [1366, 768, 8],
    [1024, 768, 8],
    [1440, 900, 9],
    [1920, 1080, 10],
    [800, 600, 6],
  ]);
  await page.setViewportSize({ width: 1366, height: 768 });
  expect(await axeFindings(page)).toEqual([]);
}, 60_000);

it('shows seven rows in practice, with the guide’s step in the line', async () => {
  const samples = ['Tan Mei Ling', 'Lim Wei', 'Sarah Pereira', 'Nur Aisyah'].map((name, at) => ({
    name,
    number: `MB-${at}`,
    hint: 'plain' as const,
  }));
  const { page } = await openTrading(() => ({
    mode: 'practice',
    practice: { plugIn: true, loseNextReply: false, samples },
  }));
  await page.getByRole('region', { name: words('guide.title') }).waitFor();
  await expectRows(page, 'practice', [
    [1366, 768, 7],
    [1024, 768, 7],
  ]);
  expect(await axeFindings(page)).toEqual([]);
}, 60_000);
