import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawnInPage } from '../../main/app/electron/receipt-canvas.ts';
import { dotsOf, rasterJob } from '../../main/paper/receipts/raster.ts';
import { type Dots, paperWidths } from '../../main/paper/receipts/receipt.ts';
import { languages } from '../../preload/contract/index.ts';
import { openPageWindow, type PageWindow } from '../kit/page-window.ts';
import { codeIn, differenceOf, printedDots } from '../paper/receipts/printed-dots.ts';

// The golden receipts as the real window draws them, as the printer is sent them, and as it prints them. What is meant to look
// otherwise is drawn anew with COUNTERFOIL_GOLDEN=1, and looked at. The pictures are of the fonts that `scripts/lib/system.mjs`
// sees to; another version of them may set a dot otherwise, and no letter.

const golden = join(import.meta.dirname, '../paper/receipts/golden');
const CODE = 'CF1:0031;AbC|9';

let window: PageWindow | null = null;
beforeAll(async () => {
  window = await openPageWindow({});
  await window.page.goto('about:blank');
});
afterAll(() => window?.close());

async function drawn(
  page: Page,
  svg: string,
): Promise<{ readonly grey: Uint8Array; readonly width: number }> {
  const [, width = '0', height = '0'] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const picture = { svg, width: Number(width), height: Number(height) };
  return {
    grey: Buffer.from(await page.evaluate<string>(drawnInPage(picture)), 'base64'),
    width: picture.width,
  };
}

/** The page has what reads and writes PNG; a dot is a byte, as base64. */
const readPng = async (page: Page, file: string): Promise<Dots> => {
  const [width, grey] = await page.evaluate(
    async (png) => {
      const image = new Image();
      image.src = `data:image/png;base64,${png}`;
      await image.decode();
      const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
      pen?.drawImage(image, 0, 0);
      const { data = new Uint8ClampedArray() } = pen?.getImageData(0, 0, image.width, image.height) ?? {};
      let text = '';
      for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(data[at] ?? 255);
      return [image.width, btoa(text)] as const;
    },
    readFileSync(file, 'base64'),
  );
  return dotsOf(Buffer.from(grey, 'base64'), width);
};

const writePng = async (page: Page, file: string, svg: string): Promise<void> => {
  const { grey, width } = await drawn(page, svg);
  const png = await page.evaluate(
    ([text, wide]) => {
      const light = atob(text);
      const colours = new Uint8ClampedArray(light.length * 4).fill(255);
      for (let at = 0; at < light.length; at++)
        colours.fill(light.charCodeAt(at) < 128 ? 0 : 255, at * 4, at * 4 + 3);
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [wide, light.length / wide];
      canvas.getContext('2d')?.putImageData(new ImageData(colours, wide, canvas.height), 0, 0);
      return canvas.toDataURL('image/png').split(',')[1] ?? '';
    },
    [Buffer.from(grey).toString('base64'), width] as const,
  );
  writeFileSync(file, Buffer.from(png, 'base64'));
};

const papers = languages.flatMap((language) => paperWidths.map((width) => [language, width] as const));

it.each(papers)(
  'a receipt in %s on %s mm is printed as its golden image, and its code can be read',
  async (language, width) => {
    if (window === null) throw new Error('no window');
    const { page } = window;
    const svg = readFileSync(join(golden, `${language}-${width}.svg`), 'utf8');
    const { grey, width: dotsWide } = await drawn(page, svg);
    const printed = printedDots(rasterJob(dotsOf(grey, dotsWide)));
    const file = join(golden, `${language}-${width}.png`);
    if (process.env['COUNTERFOIL_GOLDEN'] === '1') await writePng(page, file, svg);
    const wanted = await readPng(page, file);
    expect([printed.width, printed.height]).toEqual([wanted.width, wanted.height]);
    const { share, inOneCell } = differenceOf(printed, wanted);
    expect(share).toBeLessThan(0.02);
    expect(inOneCell).toBeLessThan(15);
    expect(codeIn(printed)).toBe(CODE);
  },
);

it('another letter is seen', async () => {
  if (window === null) throw new Error('no window');
  const { page } = window;
  const svg = readFileSync(join(golden, 'en-80.svg'), 'utf8');
  const dots = async (text: string) => {
    const { grey, width } = await drawn(page, text);
    return printedDots(rasterJob(dotsOf(grey, width)));
  };
  const altered = svg.replace('>M<', '>N<');
  expect(altered).not.toBe(svg);
  const { inOneCell } = differenceOf(await dots(svg), await dots(altered));
  expect(inOneCell).toBeGreaterThanOrEqual(15);
});
