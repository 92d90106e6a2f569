import { type AppError, appError } from '../../../preload/contract/index.ts';

/** `DLE EOT n`: answered at once, whatever the printer is doing. */
export const queryStatus = (of: 'off-line' | 'paper'): Uint8Array =>
  Uint8Array.from([0x10, 0x04, of === 'off-line' ? 2 : 4]);

/** `GS r 1`: answered once all that came before it was printed. */
export const askWhenDone = Uint8Array.from([0x1d, 0x72, 1]);

/** `ESC p`: a pulse to the drawer on the first pin. */
export const kick = Uint8Array.from([0x1b, 0x70, 0, 25, 250]);

/** `GS a 0`: turns automatic status off. Processed in order, so a report already on its way still arrives. */
export const disableAutomaticStatus = Uint8Array.from([0x1d, 0x61, 0]);

/** A printer's message: an answer to `DLE EOT` or `GS r`, or an automatic status block. */
export type PrinterWord =
  | { readonly kind: 'status' | 'done'; readonly byte: number }
  | { readonly kind: 'unasked'; readonly problem: AppError | null };

/** `XON` and `XOFF` may occur anywhere. */
const isFlow = (byte: number): boolean => byte === 0x11 || byte === 0x13;
const isPlain = (byte: number): boolean => (byte & 0b1001_0000) === 0;
const isStatus = (byte: number): boolean => (byte & 0b1001_0011) === 0b0001_0010;
const isBlockHead = (byte: number): boolean => (byte & 0b1001_0011) === 0b0001_0000;

/** Why a printer prints nothing, by a block of its automatic status back; null where it may. */
function blockProblem([head = 0, faults = 0, paper = 0]: readonly number[]): AppError | null {
  if ((head & 0x20) !== 0) return appError('printer-cover-open');
  if ((paper & 0x0c) !== 0) return appError('printer-paper-out');
  return (faults & 0x6c) === 0 ? null : appError('printer-stopped');
}

/**
 * Recognises messages by the fixed bits of each kind, across chunks; other bytes are skipped. A status block's first
 * byte has such bits; the next three look like an answer to `GS r`.
 */
export function createWordReader(): (bytes: Uint8Array) => readonly PrinterWord[] {
  let block: number[] = [];
  const wordOf = (byte: number): PrinterWord | null => {
    if (!isPlain(byte)) {
      block = isBlockHead(byte) ? [byte] : [];
      return isStatus(byte) ? { kind: 'status', byte } : null;
    }
    if (block.length === 0) return { kind: 'done', byte };
    block.push(byte);
    if (block.length < 4) return null;
    const problem = blockProblem(block);
    block = [];
    return { kind: 'unasked', problem };
  };
  return (bytes) => {
    const words: PrinterWord[] = [];
    for (const byte of bytes) {
      const word = isFlow(byte) ? null : wordOf(byte);
      if (word !== null) words.push(word);
    }
    return words;
  };
}

/** Why a printer prints nothing, by what it answers; null where it is ready. */
export function statusProblem(offLine: number, paper: number): AppError | null {
  if ((offLine & 0x04) !== 0) return appError('printer-cover-open');
  if ((offLine & 0x20) !== 0 || (paper & 0x60) !== 0) return appError('printer-paper-out');
  if ((offLine & 0x40) !== 0) return appError('printer-stopped');
  return null;
}

/** An answer to `GS r 1` may itself report that there is no paper. */
export const doneProblem = (done: number): AppError | null =>
  (done & 0x0c) === 0 ? null : appError('printer-paper-out');
