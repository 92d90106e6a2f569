import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import type { Clock, ReceiptCanvas } from '../../kernel/ports.ts';
import { readAddress } from './address.ts';
import { kickDrawer, type PrintEnd, printOverNetwork } from './network-printer.ts';
import type { PaperDocument } from './receipt.ts';
import type { ReceiptMaker } from './receipt-maker.ts';
import type { ReceiptSettingsStore } from './settings.ts';

export interface PrintJobParts {
  readonly clock: Clock;
  readonly receipts: ReceiptSettingsStore;
  readonly maker: ReceiptMaker;
  readonly canvas: ReceiptCanvas | null;
}

/** Prints one receipt on the configured printer, without retries. */
export interface PrintJobs {
  /** `begin` is called before anything may come out. */
  print(
    receipt: PaperDocument,
    how: { readonly isTest: boolean; readonly begin: () => void },
  ): Promise<PrintEnd>;
  /** Opens the drawer within this time or not at all; `begin` is called before it may open. */
  kick(withinMs: number, begin: () => void): Promise<Result<Record<string, never>>>;
}

const notBegun = (problem: ReturnType<typeof appError>): PrintEnd => ({ kind: 'not-begun', problem });

export function createPrintJobs({ clock, receipts, maker, canvas }: PrintJobParts): PrintJobs {
  const overNetwork = async (
    typed: string,
    receipt: PaperDocument,
    how: { readonly isTest: boolean; readonly begin: () => void },
  ): Promise<PrintEnd> => {
    const address = readAddress(typed);
    if (address === null) return notBegun(appError('printer-address', { address: typed }));
    const bytes = await maker.bytes(receipt);
    if (!bytes.ok) return notBegun(bytes.error);
    return printOverNetwork({ ...how, address, bytes: bytes.value, feedback: receipts.feedback() }, clock);
  };
  const bySystem = async (name: string, receipt: PaperDocument, begin: () => void): Promise<PrintEnd> => {
    if (canvas === null) return notBegun(appError('receipt-not-drawn'));
    // A renamed or removed queue accepts nothing and does not report it.
    if (!(await canvas.printers()).includes(name)) return notBegun(appError('printer-gone', { name }));
    const drawn = await maker.draw(receipt);
    begin();
    const words = await canvas.print(drawn, name, Number(receipts.current().width));
    if (words === null) return { kind: 'printed' };
    return { kind: 'unknown', problem: appError('printer-refused', { name, words }), feedback: 'done' };
  };
  return {
    print: (receipt, how) => {
      const { printer } = receipts.current();
      if (printer.kind === 'none') return Promise.resolve(notBegun(appError('printer-none')));
      if (printer.kind === 'network') return overNetwork(printer.address, receipt, how);
      return bySystem(printer.name, receipt, how.begin);
    },
    kick: async (withinMs, begin) => {
      const { printer } = receipts.current();
      if (printer.kind !== 'network') return err(appError('drawer-not-possible'));
      const address = readAddress(printer.address);
      if (address === null) return err(appError('printer-address', { address: printer.address }));
      const kicked = await kickDrawer({ address, feedback: receipts.feedback(), withinMs, begin }, clock);
      return kicked.ok ? ok({}) : kicked;
    },
  };
}
