import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import {
  chenJia,
  familyPhone,
  gohLiTing,
  limWei,
  meiLing,
  nurAisyah,
  rajanPillai,
} from '../../main/practice/members.ts';
import { type OpenApp, openApp, openTill, testFolder } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  find,
  increment,
  memberField,
  pointsField,
  takeMember,
  topUp,
  untilRows,
  untilStrip,
  words,
} from '../support/electron-till.ts';
import { startPracticeStore } from '../support/practice-store.ts';

// Every screen is pictured for people to look at, and looked at here for what a machine can see.
const pictures = resolve(import.meta.dirname, '../../test-results/screens');
mkdirSync(pictures, { recursive: true });

const sizes = [
  [1024, 700],
  [1440, 900],
] as const;

async function axeFindings(page: Page): Promise<readonly string[]> {
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
    );
}

/** What lies outside the window or is wider than its place, by name. */
const overflowing = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return scrollWidth > innerWidth || scrollHeight > innerHeight
      ? [`page ${scrollWidth}x${scrollHeight}`]
      : [];
  });

async function look({ page, resize }: OpenApp, name: string): Promise<void> {
  for (const [width, height] of sizes) {
    await resize(width, height);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const file = `${name}-${width}x${height}-${colorScheme}.png`;
      await page.screenshot({ path: join(pictures, file), animations: 'disabled' });
      expect(await axeFindings(page), file).toEqual([]);
    }
    expect(await overflowing(page), `${name} at ${width}x${height}`).toEqual([]);
    const confirm = confirmButton(page);
    if ((await confirm.count()) === 0) continue;
    const box = await confirm.boundingBox();
    expect(box, name).not.toBeNull();
    if (box === null) continue;
    expect(box.x, name).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width, name).toBeLessThanOrEqual(width);
    expect(box.y + box.height, `the confirm button of ${name} at ${width}x${height}`).toBeLessThanOrEqual(
      height,
    );
  }
}

it('shows first start, set-up and the practice store well', async () => {
  const open = await openApp();
  const { page } = open;
  await page.getByRole('button', { name: /^Connect to KYBIO/ }).waitFor();
  await look(open, 'first-start');
  await page.getByRole('button', { name: /^Connect to KYBIO/ }).click();
  await page.getByRole('textbox', { name: 'KYBIO address' }).waitFor();
  await look(open, 'set-up');
  await page.getByRole('button', { name: words('setUp.connect'), exact: true }).click();
  await page.getByText(words('setUp.missing.appKey')).waitFor();
  await look(open, 'set-up-told');
  await page.getByRole('button', { name: words('common.back') }).click();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  await look(open, 'practice');
});

it('shows the till empty, filled, with a picker, its menu, what waits and what is checked well', async () => {
  const store = await startPracticeStore();
  const open = await openTill(store);
  const { page } = open;
  await memberField(page).waitFor();
  await look(open, 'till-empty');
  await topUp(page, gohLiTing, '200', '200');
  await untilRows(page, 1, 'Done');
  await topUp(page, chenJia, '20');
  await untilRows(page, 2, 'Done');
  await look(open, 'till-saved');
  store.addFault({ fault: { kind: 'drop', when: 'after' }, method: increment, times: 1 });
  await takeMember(page, rajanPillai);
  await takeMember(page, nurAisyah);
  await topUp(page, limWei, '1000');
  await untilRows(page, 1, 'Checking');
  await takeMember(page, meiLing);
  await amountField(page).fill('1,250.50');
  await pointsField(page).fill('50');
  await look(open, 'till-filled');
  await find(page, familyPhone);
  await page.getByRole('option').first().waitFor();
  await look(open, 'picker');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F10');
  await page.getByRole('dialog', { name: words('menu.title') }).waitFor();
  await look(open, 'menu');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Goh Li Ting/ }).click();
  await page.getByRole('dialog').waitFor();
  await look(open, 'entry');
  await page.keyboard.press('Escape');
  await store.setPlug(false);
  await topUp(page, rajanPillai, '30');
  await topUp(page, nurAisyah, '30', '12');
  await untilStrip(page, /Offline/);
  await takeMember(page, rajanPillai);
  await amountField(page).fill('12.345');
  await look(open, 'till-offline');
});

it('shows a pause and a disabled member well', async () => {
  const store = await startPracticeStore();
  const open = await openTill(store);
  const { page } = open;
  await takeMember(page, meiLing);
  await takeMember(page, limWei);
  store.addFault({ fault: { kind: 'portal' } });
  await takeMember(page, meiLing);
  await untilStrip(page, /^Paused/);
  await amountField(page).fill('50');
  await look(open, 'till-paused');
});

it('shows well why a till cannot be opened', async () => {
  const folder = testFolder();
  mkdirSync(join(folder, 'live'));
  writeFileSync(join(folder, 'live', 'counterfoil.db'), 'no database at all'.repeat(500));
  const open = await openApp({ folder });
  await open.page.getByText(words('errors.database-corrupt')).waitFor();
  await look(open, 'broken');
});
