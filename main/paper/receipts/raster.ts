import type { Dots } from './receipt.ts';

/** Rows per command: what many printers can buffer. */
const BAND_ROWS = 200;

const ESC = '\x1b';
const GS = '\x1d';

/** A string of commands, one byte a character. */
export const asBytes = (commands: string): Uint8Array =>
  Uint8Array.from(commands, (one) => one.charCodeAt(0));

/** A two-byte little-endian number. */
const short = (value: number): string => String.fromCharCode(value & 0xff, (value >> 8) & 0xff);

/** The dots from one row to another. */
function band({ width, bits }: Dots, from: number, rows: number): string {
  const bytes = (width + 7) >> 3;
  const part = bits.subarray(from * bytes, (from + rows) * bytes);
  return `${GS}v0\x00${short(bytes)}${short(rows)}${Array.from(part, (byte) => String.fromCharCode(byte)).join('')}`;
}

/** An image at the print position: `GS v 0`, in bands. */
export function imageCommands(dots: Dots): string {
  const bands: string[] = [];
  for (let row = 0; row < dots.height; row += BAND_ROWS)
    bands.push(band(dots, row, Math.min(BAND_ROWS, dots.height - row)));
  return bands.join('');
}

/** A whole receipt as an image, after a reset of the printer. */
export const rasterJob = (dots: Dots): Uint8Array => asBytes(`${ESC}@${imageCommands(dots)}`);

/** Feeds past the tear-off edge, and cuts where there is a cutter. */
export const cutPaper = (): Uint8Array => asBytes(`${ESC}d\x04${GS}VB\x00`);

/** Converts greyscale to dots: darker than half is black. */
export function dotsOf(grey: Uint8Array, width: number): Dots {
  const height = Math.floor(grey.length / width);
  const bytes = (width + 7) >> 3;
  const bits = new Uint8Array(bytes * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if ((grey[y * width + x] ?? 255) < 128)
        bits[y * bytes + (x >> 3)] = (bits[y * bytes + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
  return { width, height, bits };
}

/** The same with dithering (Floyd and Steinberg): for images, not for letters. */
export function scatteredDotsOf(grey: Uint8Array, width: number): Dots {
  const height = Math.floor(grey.length / width);
  const light = Float32Array.from(grey);
  const plain = new Uint8Array(grey.length);
  const add = (x: number, y: number, error: number) => {
    const at = y * width + x;
    if (x >= 0 && x < width && y < height) light[at] = (light[at] ?? 255) + error;
  };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const was = light[y * width + x] ?? 255;
      const is = was < 128 ? 0 : 255;
      plain[y * width + x] = is;
      add(x + 1, y, ((was - is) * 7) / 16);
      add(x - 1, y + 1, ((was - is) * 3) / 16);
      add(x, y + 1, ((was - is) * 5) / 16);
      add(x + 1, y + 1, (was - is) / 16);
    }
  return dotsOf(plain, width);
}
