import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fitOnto,
  readWindowPlace,
  SMALLEST,
  type WindowPlace,
  writeWindowPlace,
} from '../../main/app/electron/window-place.ts';

const area = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });
const laptop = area(0, 0, 1440, 860);
const right = area(1440, 0, 1920, 1040);

test('a window opens where it was left, on whichever display', () => {
  const there = area(1600, 100, 1000, 700);
  expect(fitOnto(there, [laptop, right])).toEqual(there);
});

test('without a memory it opens in the middle of the first display', () => {
  expect(fitOnto(null, [laptop, right])).toEqual(area(80, 20, 1280, 820));
  expect(fitOnto(null, [area(0, 0, 1024, 728)])).toEqual(area(0, 0, 1024, 728));
});

test('a display that is gone gives its window to the first', () => {
  expect(fitOnto(area(1600, 100, 1000, 700), [laptop])).toEqual(area(220, 80, 1000, 700));
});

test('on a smaller display it is smaller, and wholly on it', () => {
  expect(fitOnto(area(200, 150, 1280, 820), [area(0, 0, 1024, 728)])).toEqual(area(0, 0, 1024, 728));
  expect(fitOnto(area(1300, 700, 900, 600), [laptop])).toEqual(area(540, 260, 900, 600));
});

const anyArea = fc.record({
  x: fc.integer({ min: -4000, max: 4000 }),
  y: fc.integer({ min: -4000, max: 4000 }),
  width: fc.integer({ min: 640, max: 4000 }),
  height: fc.integer({ min: 480, max: 3000 }),
});
const anyBounds = fc.record({
  x: fc.integer({ min: -100_000, max: 100_000 }),
  y: fc.integer({ min: -100_000, max: 100_000 }),
  width: fc.integer({ min: 1, max: 100_000 }),
  height: fc.integer({ min: 1, max: 100_000 }),
});

test('whatever is remembered, its corner is on a display and it is never too small or larger than that', () => {
  fc.assert(
    fc.property(
      fc.option(anyBounds),
      anyArea,
      fc.array(anyArea, { maxLength: 3 }),
      (bounds, first, others) => {
        const placed = fitOnto(bounds, [first, ...others]);
        const { width, height } = placed;
        expect(width).toBeGreaterThanOrEqual(SMALLEST.width);
        expect(height).toBeGreaterThanOrEqual(SMALLEST.height);
        const on = [first, ...others].filter(
          (one) =>
            placed.x >= one.x &&
            placed.y >= one.y &&
            placed.x + Math.min(width, one.width) <= one.x + one.width &&
            placed.y + Math.min(height, one.height) <= one.y + one.height &&
            width <= Math.max(one.width, SMALLEST.width) &&
            height <= Math.max(one.height, SMALLEST.height),
        );
        expect(on.length).toBeGreaterThan(0);
      },
    ),
  );
});

const kept: WindowPlace = { bounds: area(10, 20, 900, 600), maximised: true, zoomPercent: 125 };

test('what was written is read, and nothing else', () => {
  expect(readWindowPlace(writeWindowPlace(kept))).toEqual(kept);
  const spoilt = [
    '',
    '{',
    'null',
    '[]',
    '{"bounds":{}}',
    writeWindowPlace({ ...kept, zoomPercent: 130 }),
    writeWindowPlace({ ...kept, bounds: { ...kept.bounds, width: 0 } }),
    writeWindowPlace({ ...kept, bounds: { ...kept.bounds, x: 1.5 } }),
    writeWindowPlace({ ...kept, bounds: { ...kept.bounds, y: 1e9 } }),
    JSON.stringify({ ...kept, maximised: 'yes' }),
    writeWindowPlace(kept).slice(0, -10),
  ];
  for (const text of spoilt) expect([text, readWindowPlace(text)]).toEqual([text, null]);
  fc.assert(fc.property(fc.string(), (text) => readWindowPlace(text) === null));
});
