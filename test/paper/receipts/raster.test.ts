import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dotsOf, imageCommands, rasterJob, scatteredDotsOf } from '../../../main/paper/receipts/raster.ts';

/** What a printer makes of `GS v 0`: rows of bytes, and how they came. */
function printed(bytes: Uint8Array): { readonly rows: number[][]; readonly bands: number[] } {
  const rows: number[][] = [];
  const bands: number[] = [];
  let at = 0;
  while (at < bytes.length) {
    expect([...bytes.subarray(at, at + 4)]).toEqual([0x1d, 0x76, 0x30, 0]);
    const [wide = 0, wideHigh = 0, high = 0, highHigh = 0] = bytes.subarray(at + 4, at + 8);
    const [width, height] = [wide + 256 * wideHigh, high + 256 * highHigh];
    at += 8;
    bands.push(height);
    for (let row = 0; row < height; row++, at += width) rows.push([...bytes.subarray(at, at + width)]);
  }
  return { rows, bands };
}

const latin1 = (commands: string) => Uint8Array.from(Buffer.from(commands, 'latin1'));

it('a picture goes in bands of at most 200 rows, and arrives dot for dot', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(8, 384, 576),
      fc.integer({ min: 1, max: 900 }),
      fc.nat(),
      (width, height, seed) => {
        const bits = Uint8Array.from({ length: (width / 8) * height }, (_, at) => (at * 31 + seed) & 0xff);
        const { rows, bands } = printed(latin1(imageCommands({ width, height, bits })));
        expect(Math.max(...bands)).toBeLessThanOrEqual(200);
        expect(rows.flat()).toEqual([...bits]);
      },
    ),
    { numRuns: 20 },
  );
});

it('a job begins with a printer as it was delivered', () => {
  const job = rasterJob({ width: 8, height: 1, bits: Uint8Array.from([0xff]) });
  expect([...job]).toEqual([0x1b, 0x40, 0x1d, 0x76, 0x30, 0, 1, 0, 1, 0, 0xff]);
});

it('what is darker than half is black, and a row begins with a new byte', () => {
  const first = [0, 127, 128, 255, 0, 0, 255, 255, 0];
  const second = [0, 255, 255, 255, 255, 255, 255, 255, 255];
  expect(dotsOf(Uint8Array.from([...first, ...second]), 9)).toEqual({
    width: 9,
    height: 2,
    bits: Uint8Array.from([0b11001100, 0x80, 0x80, 0]),
  });
});

it('a grey is as many black dots as it is dark', () => {
  const { bits } = scatteredDotsOf(new Uint8Array(64 * 64).fill(64), 64);
  const black = [...bits].reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
  expect(black / (64 * 64)).toBeCloseTo(0.75, 1);
});
