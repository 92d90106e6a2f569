import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amount } from '../../../preload/contract/index.ts';
import { type Bar, drawChart } from '../../../renderer/kit/bar-chart-shape.ts';

const barsOf = (...values: readonly string[]): Bar[] =>
  values.map((value, index) => ({
    key: String(index),
    label: `${String(index).padStart(2, '0')}:00`,
    value: amount(value),
    said: value,
    more: '',
  }));

const size = { width: 640, height: 190, say: (value: string) => value };

/** Where a bar begins and how far it reaches, out of its path. */
const reach = (path: string): { readonly zero: number; readonly tip: number } => {
  const [, zero = '', , , tip = ''] = /^M[\d.]+ ([\d.]+)V([\d.]+)Q([\d.]+) ([\d.]+) /.exec(path) ?? [];
  return { zero: Number(zero), tip: Number(tip) };
};

describe('a chart of bars', () => {
  it('has a few lines at round values that hold all of it', () => {
    const { lines } = drawChart(barsOf('120.50', '0', '480'), size);
    expect(lines.map(({ value }) => value)).toEqual(['0', '200', '400', '600']);
  });

  it('has exact values at lines that are parts of one', () => {
    const { lines } = drawChart(barsOf('0.3', '0.7'), size);
    expect(lines.map(({ value }) => value)).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8']);
  });

  it('goes below nought where more was given back than taken', () => {
    const { lines, zero, bars } = drawChart(barsOf('50', '-30'), size);
    expect(lines.map(({ value }) => value)).toEqual(['-40', '-20', '0', '20', '40', '60']);
    const [up, down] = bars.map(({ path }) => reach(path));
    expect(up?.tip).toBeLessThan(zero);
    expect(down?.tip).toBeGreaterThan(zero);
  });

  it('draws nothing for nought, and something for however little', () => {
    const { bars, zero } = drawChart(barsOf('0', '0.01', '10000'), size);
    expect(bars[0]?.path).toBe('');
    expect(zero - reach(bars[1]?.path ?? '').tip).toBe(2);
  });

  it('stands without bars and with nought alone', () => {
    expect(drawChart([], size).bars).toEqual([]);
    expect(drawChart(barsOf('0'), size).lines.length).toBeGreaterThan(1);
  });

  it('labels no more bars than there is room for', () => {
    const values = Array.from({ length: 48 }, () => '5');
    const labelled = drawChart(barsOf(...values), size).bars.filter(({ isLabelled }) => isLabelled);
    expect(labelled.length).toBeGreaterThan(4);
    expect(labelled.length * 44).toBeLessThan(size.width);
  });

  it('cuts no label off at its right edge', () => {
    const bars = barsOf(...Array.from({ length: 13 }, () => '5'));
    for (const width of [200, 240, 290, 640]) {
      const labelled = drawChart(bars, { ...size, width }).bars.filter(({ isLabelled }) => isLabelled);
      for (const { middle } of labelled) expect(middle + (5 * 7.4) / 2).toBeLessThanOrEqual(width);
    }
  });

  it('stays within its room, and is as high as it is worth', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500_000, max: 5_000_000 }), { minLength: 1, maxLength: 48 }),
        fc.integer({ min: 160, max: 1_400 }),
        (cents, width) => {
          const bars = barsOf(...cents.map((one) => (one / 100).toFixed(2)));
          const drawn = drawChart(bars, { ...size, width });
          expect(drawn.lines.every(({ y }) => y >= 0 && y <= size.height)).toBe(true);
          expect(drawn.bars.every(({ left, slot }) => left >= 0 && left + slot <= width + 0.001)).toBe(true);
          const tips = drawn.bars.map(({ path }) => (path === '' ? drawn.zero : reach(path).tip));
          for (const [index, one] of cents.entries()) {
            for (const [other, two] of cents.entries()) {
              if (one > two) expect(tips[index]).toBeLessThanOrEqual((tips[other] ?? 0) + 2);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
