import jsQR from 'jsqr';
import type { Dots } from '../../../main/paper/receipts/receipt.ts';

const BAND = Buffer.from([0x1d, 0x76, 0x30]);

/** The picture that a printer makes of what it was sent: the bands of `GS v 0`, one below the other. */
export function printedDots(paper: Uint8Array): Dots {
  const bytes = Buffer.from(paper);
  const parts: Buffer[] = [];
  let across = 0;
  let height = 0;
  for (let at = bytes.indexOf(BAND); at >= 0; at = bytes.indexOf(BAND, at)) {
    across = bytes.readUInt16LE(at + 4);
    const rows = bytes.readUInt16LE(at + 6);
    at += 8;
    parts.push(bytes.subarray(at, at + across * rows));
    height += rows;
    at += across * rows;
  }
  return { width: across * 8, height, bits: Buffer.concat(parts) };
}

const isBlack = ({ width, bits }: Dots, x: number, y: number): boolean =>
  (((bits[y * (width >> 3) + (x >> 3)] ?? 0) << (x & 7)) & 0x80) !== 0;

/** The text of the QR code in a picture, as a scanner reads it; null where there is none. */
export function codeIn(dots: Dots): string | null {
  const { width, height } = dots;
  const colours = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++)
    colours.fill(isBlack(dots, at % width, Math.floor(at / width)) ? 0 : 255, at * 4, at * 4 + 3);
  return jsQR(colours, width, height)?.data ?? null;
}

/** What a column of text is wide and a line high. */
const [CELL_WIDTH, CELL_HEIGHT] = [12, 24];

/** How two pictures differ: the part of their ink, and the most dots in the place of one letter. */
export function differenceOf(one: Dots, other: Dots): { readonly share: number; readonly inOneCell: number } {
  const cells = new Map<string, number>();
  let [different, ink] = [0, 0];
  for (let y = 0; y < Math.max(one.height, other.height); y++)
    for (let x = 0; x < Math.max(one.width, other.width); x++) {
      const [here, there] = [isBlack(one, x, y), isBlack(other, x, y)];
      if (here || there) ink += 1;
      if (here === there) continue;
      different += 1;
      const cell = `${Math.floor(x / CELL_WIDTH)} ${Math.floor(y / CELL_HEIGHT)}`;
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
  return { share: different / Math.max(1, ink), inOneCell: Math.max(0, ...cells.values()) };
}
