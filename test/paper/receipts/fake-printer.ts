import { onTestFinished } from 'vitest';
import { type FakePrinter, switchOnPrinter } from '../../kit/played-printer.ts';

export type { FakePrinter, Moment, PrinterMood } from '../../kit/played-printer.ts';

/** A receipt printer that is on until the test is over. */
export async function startFakePrinter(): Promise<FakePrinter> {
  const printer = await switchOnPrinter();
  onTestFinished(printer.off);
  return printer;
}
