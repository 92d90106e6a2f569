import type { Page } from 'playwright-core';
import { bridgeMethod, channelNames, type Snapshot } from '../../../preload/contract/index.ts';
import { createFakeShop } from '../../kit/fake-shop.ts';
import { openPageWindow } from '../../kit/page-window.ts';
import { entryOf } from '../../renderer/support/samples.ts';
import { atMost } from '../figure.ts';
import type { Row } from '../row.ts';
import { median } from '../statistics.ts';

const ROWS = 100_000;
const FRAMES = 600;
const ROUNDS = 5;
const LIMIT_MS = 50;

/** In the page: a main that has all of these rows, of which it would say no more than some hundreds. */
function install({
  picture,
  methods,
  rows,
}: {
  picture: Snapshot;
  methods: readonly string[];
  rows: number;
}) {
  const [template] = picture.activity;
  const activity = Array.from({ length: rows }, (_, index) => ({
    ...template,
    id: `e${index}`,
    reference: String(rows - index),
    // Some take two lines and more, as they do in a shop.
    memberName:
      index % 7 === 0 ? `Nur Aisyah binti Abdul Rahman al-Bukhari ${index}` : `Tan Mei Ling ${index}`,
  }));
  const open = () => new Promise(() => undefined);
  const bridge = {
    ...Object.fromEntries(methods.map((method) => [method, open])),
    appSnapshot: async () => ({ ok: true, value: { ...picture, activity } }),
    onChanges: () => () => undefined,
  };
  Object.assign(window, { till: bridge });
}

/** In the page: from the first row to the last one, as fast as a dragged bar goes; how long each frame took. */
async function scroll(frames: number): Promise<readonly number[]> {
  let list: Element | null = document.querySelector('table');
  while (list !== null && getComputedStyle(list).overflowY !== 'auto') list = list.parentElement;
  if (list === null) throw new Error('nothing scrolls');
  list.scrollTop = 0;
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const waits: number[] = [];
  let before = await frame();
  for (let done = 1; done <= frames; done += 1) {
    list.scrollTop = ((list.scrollHeight - list.clientHeight) * done) / frames;
    const now = await frame();
    waits.push(now - before);
    before = now;
  }
  return waits;
}

const lastRow = (page: Page) =>
  page
    .getByRole('table')
    .getByRole('row')
    .last()
    .evaluate((row) => row.getAttribute('aria-rowindex'));

/** The day's list with far more rows than a day has, scrolled from one end to the other in the real window. */
export const listRow: Row = {
  name: 'list',
  inWindow: true,
  measure: async () => {
    const window = await openPageWindow({});
    try {
      const { page } = window;
      const template = entryOf({ state: 'confirmed', canCancel: false });
      const picture = { ...createFakeShop([]).snapshot(), activity: [template] };
      await page.addInitScript(install, { picture, methods: channelNames.map(bridgeMethod), rows: ROWS });
      await window.load();
      await page.getByRole('table').waitFor();
      await page.evaluate(scroll, FRAMES / 10);
      const longest: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        longest.push(Math.max(...(await page.evaluate(scroll, FRAMES))));
        if ((await lastRow(page)) !== String(ROWS + 1)) throw new Error('the last row is not shown');
      }
      return [
        {
          ...{ name: 'longest frame of a list scrolled through 100 k rows', unit: 'ms' },
          ...{ ours: median(longest), against: LIMIT_MS, beside: 'limit', goal: atMost(1), bound: null },
        },
      ];
    } finally {
      await window.close();
    }
  },
};
