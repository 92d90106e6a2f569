import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OpenApp } from './electron-app.ts';
import { confirmButton } from './electron-till.ts';

// Every screen is pictured for people to look at, and looked at here for what a machine can see.
const pictures = resolve(import.meta.dirname, '../../test-results/screens');
mkdirSync(pictures, { recursive: true });

const schemes = ['light', 'dark'] as const;

/** Colours move nothing: both schemes are drawn at the smallest size and the full one. */
const sizes = [
  { size: [800, 560], drawn: schemes },
  { size: [1024, 700], drawn: ['light'] },
  { size: [1920, 1080], drawn: ['dark'] },
  { size: [1440, 900], drawn: schemes },
] as const;

/** The size, last of all, at which everything is looked at in full, at 100 and at 200 %. */
const fullSize = sizes[3].size;

/** As it is now, for people to look at. */
export const keepPicture = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: join(pictures, `${name.replaceAll(' ', '-')}.png`), animations: 'disabled' });

export async function axeFindings(page: Page): Promise<readonly string[]> {
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
  );
}

/** What a person with that window would be wrong-footed by. */
async function misplaced(page: Page): Promise<readonly string[]> {
  const found = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    const isLarger = scrollWidth > innerWidth || scrollHeight > innerHeight;
    const { activeElement, body } = document;
    return [
      ...(isLarger ? [`the page is ${scrollWidth}x${scrollHeight}`] : []),
      ...(activeElement === null || activeElement === body ? ['the focus is nowhere'] : []),
    ];
  });
  const confirm = confirmButton(page);
  if ((await confirm.count()) === 0) return found;
  const isInView = await confirm.evaluate((button) => {
    const { left, right, top, bottom } = button.getBoundingClientRect();
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  });
  return isInView ? found : [...found, 'the confirm button is out of view'];
}

const setZoom = ({ app }: OpenApp, factor: number): Promise<void> =>
  app.evaluate(
    ({ BrowserWindow }, zoom) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(zoom),
    factor,
  );

/** The window itself is asked for the picture: of a zoomed page the other way sees but a corner. */
async function pictureOfWindow({ app }: OpenApp): Promise<Buffer> {
  const base64 = await app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString('base64') ?? '';
  });
  return Buffer.from(base64, 'base64');
}

/** At 200 %. */
async function lookZoomed(open: OpenApp, name: string): Promise<void> {
  const { page } = open;
  const width = fullSize[0];
  await setZoom(open, 2);
  await page.waitForFunction((half) => innerWidth === half, width / 2);
  const file = `${name}-200-percent.png`;
  expect(await axeFindings(page), file).toEqual([]);
  writeFileSync(join(pictures, file), await pictureOfWindow(open));
  expect(await misplaced(page), `${name} at 200 %`).toEqual([]);
  await setZoom(open, 1);
  await page.waitForFunction((whole) => innerWidth === whole, width);
}

/** What was just opened has been drawn. */
const painted = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );

/** Pictures a page as it stands. */
export async function picture(page: Page, name: string): Promise<void> {
  await painted(page);
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
}

interface TourChinese {
  readonly inChinese: (page: Page, picture: () => Promise<void>) => Promise<void>;
}

/** Folders of a test say nothing to a reader: they are shown as those of a shop. */
const nameFolders = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode())
      text.nodeValue = (text.nodeValue ?? '')
        .replace(/\S*counterfoil-window-\w+\//, '/home/shop/Counterfoil/')
        .replace(/\S*counterfoil-window-\w+/, '/media/shop/stick');
  });

/** What `npm run tour -- --all` wants of a screen: it as the handbook shows it, in English and in Chinese. */
async function pictureForTour(
  { page, resize }: Pick<OpenApp, 'page' | 'resize'>,
  name: string,
): Promise<void> {
  const script = new URL('../../scripts/lib/tour-chinese.mjs', import.meta.url).href;
  const { inChinese } = (await import(script)) as TourChinese;
  await resize(...fullSize);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await nameFolders(page);
  await picture(page, `${name}-tour`);
  await inChinese(page, () => picture(page, `${name}-tour-zh`));
}

/** Pictures a page of a fake main; the handbook's too. */
export async function lookAtPage(page: Page, name: string): Promise<void> {
  if (process.env['COUNTERFOIL_TOUR'] !== '1') return picture(page, name);
  const resize = (width: number, height: number) => page.setViewportSize({ width, height });
  await pictureForTour({ page, resize }, name);
}

/** Pictures what the window shows in every size, and looks at it for what a machine can see. */
export async function look(open: OpenApp, name: string): Promise<void> {
  if (process.env['COUNTERFOIL_TOUR'] === '1') return pictureForTour(open, name);
  const { page, resize } = open;
  for (const { size, drawn } of sizes) {
    const [width, height] = size;
    await resize(width, height);
    for (const colorScheme of drawn) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await painted(page);
      const file = `${name}-${width}x${height}-${colorScheme}.png`;
      await page.screenshot({ path: join(pictures, file), animations: 'disabled' });
      // The one column of the smallest is looked at at 200 %.
      if (size === fullSize) expect(await axeFindings(page), file).toEqual([]);
    }
    expect(await misplaced(page), `${name} at ${width}x${height}`).toEqual([]);
  }
  await lookZoomed(open, name);
}
