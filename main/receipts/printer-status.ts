import { type AppError, appError } from '../../preload/contract/index.ts';

/** `DLE EOT n`: answered at once, whatever the printer is doing. */
export const askStatus = (of: 'off-line' | 'paper'): Uint8Array =>
  Uint8Array.from([0x10, 0x04, of === 'off-line' ? 2 : 4]);

/** `GS r 1`: answered once all that came before it was printed. */
export const askWhenDone = Uint8Array.from([0x1d, 0x72, 1]);

/** `ESC p`: a pulse to the drawer on the first pin. */
export const kick = Uint8Array.from([0x1b, 0x70, 0, 25, 250]);

/** Every answer to `DLE EOT` has these bits so; anything else is noise on the line. */
export const isStatus = (byte: number): boolean => (byte & 0b1001_0011) === 0b0001_0010;

/** And every answer to `GS r`. */
export const isDone = (byte: number): boolean => (byte & 0b1001_0000) === 0;

/** Why a printer prints nothing, by what it answers; null where it is ready. */
export function statusProblem(offLine: number, paper: number): AppError | null {
  if ((offLine & 0x04) !== 0) return appError('printer-cover-open');
  if ((offLine & 0x20) !== 0 || (paper & 0x60) !== 0) return appError('printer-paper-out');
  if ((offLine & 0x40) !== 0) return appError('printer-stopped');
  return null;
}
