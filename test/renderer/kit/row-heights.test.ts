import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRowHeights, partsOf } from '../../../renderer/kit/row-heights.ts';

const none = () => undefined;

describe('the heights of rows', () => {
  it('are a guess until they are measured, and then as they are', () => {
    const heights = createRowHeights(100_000, 57, none);
    expect(heights.topOf(100_000)).toBe(5_700_000);
    expect(heights.measured(10, 80)).toBe(true);
    expect(heights.measured(10, 80)).toBe(false);
    expect(heights.topOf(10)).toBe(570);
    expect(heights.topOf(11)).toBe(650);
    expect(heights.topOf(100_000)).toBe(5_700_023);
  });

  it('are kept of rows that were drawn in another order', () => {
    expect(createRowHeights(2, 57, (index) => (index === 1 ? 80 : undefined)).topOf(2)).toBe(137);
  });

  it('tell which row is at a place, whatever the heights', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (all) => {
        const heights = createRowHeights(all.length, 57, none);
        for (const [index, height] of all.entries()) heights.measured(index, height);
        for (const [index, height] of all.entries()) {
          expect(heights.rowAt(heights.topOf(index))).toBe(index);
          expect(heights.rowAt(heights.topOf(index) + height - 0.5)).toBe(index);
        }
        expect(heights.rowAt(-100)).toBe(0);
        expect(heights.rowAt(1e9)).toBe(all.length - 1);
      }),
    );
  });

  it('are none of a list without rows', () => {
    const heights = createRowHeights(0, 57, none);
    expect([heights.topOf(0), heights.rowAt(10), heights.measured(0, 10)]).toEqual([0, 0, false]);
    expect(partsOf(heights, { count: 0, from: 0, to: 24, also: [-1] })).toEqual([]);
  });
});

describe('the parts of a list', () => {
  const heights = createRowHeights(10, 50, none);

  it('are the rows of a stretch, and room for all others', () => {
    expect(partsOf(heights, { count: 10, from: 3, to: 5, also: [] })).toEqual([
      { kind: 'gap', from: 0, height: 150 },
      { kind: 'row', index: 3 },
      { kind: 'row', index: 4 },
      { kind: 'gap', from: 5, height: 250 },
    ]);
  });

  it('keep a row that must stay, where it is', () => {
    expect(partsOf(heights, { count: 10, from: 0, to: 1, also: [8, -1] })).toEqual([
      { kind: 'row', index: 0 },
      { kind: 'gap', from: 1, height: 350 },
      { kind: 'row', index: 8 },
      { kind: 'gap', from: 9, height: 50 },
    ]);
  });

  it('take as much room as the list, whatever is drawn of it', () => {
    const some = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(some, some, fc.array(some), (from, to, also) => {
        const parts = partsOf(heights, { count: 10, from, to, also });
        const room = parts.map((part) => (part.kind === 'gap' ? part.height : 50));
        expect(room.reduce((sum, one) => sum + one, 0)).toBe(500);
      }),
    );
  });
});
