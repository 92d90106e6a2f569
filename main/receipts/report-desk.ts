import { appError, err, ok, type Result, type ShiftReport } from '../../preload/contract/index.ts';
import type { Logger, ReceiptCanvas } from '../ports.ts';
import type { Printable, PrintService } from './print-service.ts';
import type { ReceiptMaker } from './receipt-maker.ts';
import type { ReceiptSettingsStore } from './settings.ts';

/** Reports on paper, and the drawer, for whoever closes a shift. */
export interface ReportDesk {
  /** To paper; the answer does not wait for it. Error: printer-none. */
  print(number: number | null): Result<Record<string, never>>;
  /** Error: receipt-not-drawn. */
  pdf(report: ShiftReport): Promise<Result<Uint8Array>>;
  /** Where the shop's drawer opens for cash; nobody waits for it, and nothing is refused without one. */
  openDrawer(): void;
}

export interface ReportDeskParts {
  readonly receipts: ReceiptSettingsStore;
  readonly maker: ReceiptMaker;
  readonly print: Pick<PrintService, 'add' | 'kick'>;
  readonly canvas: ReceiptCanvas | null;
  readonly logger: Logger;
}

/** A report of the open shift, or a Z, in the queue of papers. */
const PREFIX = 'report:';
const OPEN = 'open';

const jobOf = (number: number | null): string => `${PREFIX}${number ?? OPEN}`;

/** Which report a job is for: null of the open shift; undefined where it is for an entry. */
export function reportOfJob(job: string): number | null | undefined {
  if (!job.startsWith(PREFIX)) return undefined;
  const text = job.slice(PREFIX.length);
  return text === OPEN ? null : Number(text);
}

/** As the queue of papers tells it. */
export const reportTitle = (
  number: number | null,
): { readonly reference: string; readonly memberName: string } => ({
  reference: number === null ? 'X' : `Z ${number}`,
  memberName: '',
});

/** Read anew when its turn comes: an X tells how things stand then. */
export const printableReport = (maker: ReceiptMaker, report: ShiftReport): Printable => ({
  sequence: null,
  isOnItsWay: false,
  receipt: () => maker.report(report),
});

export const createReportDesk = ({
  receipts,
  maker,
  print,
  canvas,
  logger,
}: ReportDeskParts): ReportDesk => ({
  print: (number) => {
    if (receipts.current().printer.kind === 'none') return err(appError('printer-none'));
    print.add(jobOf(number), false);
    return ok({});
  },
  pdf: async (report) => {
    if (canvas === null) return err(appError('receipt-not-drawn'));
    const drawn = await maker.draw(maker.report(report));
    return ok(await canvas.pdf(drawn, Number(receipts.current().width)));
  },
  openDrawer: () => {
    if (!receipts.current().opensDrawer) return;
    void print.kick().then((kicked) => {
      if (!kicked.ok) logger.warn('receipts.drawer-not-opened', { code: kicked.error.code });
    });
  },
});
