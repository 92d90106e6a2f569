import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OpenApp } from './electron-app.ts';
import { confirmButton } from './electron-till.ts';

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

/** Pictures what the window shows in both sizes and both schemes, and looks at it for what a machine can see. */
export async function look({ page, resize }: OpenApp, name: string): Promise<void> {
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
