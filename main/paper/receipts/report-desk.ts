import { appError, err, ok, type Result, type ShiftReport } from '../../../preload/contract/index.ts';
import type { Matched } from '../../day/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Logger } from '../../kernel/ports.ts';
import { type JournalRepository, noteOpening, type OpeningCause } from '../../ledger/journal/index.ts';
import type { Printable, PrintService } from './print-service.ts';
import type { ReceiptMaker } from './receipt-maker.ts';
import type { ReceiptSettingsStore } from './settings.ts';

/** Prints reports and opens the drawer for the shift's screens. */
export interface ReportDesk {
  /** Queues a print. Error: printer-none. */
  print(number: number | null): Result<Record<string, never>>;
  /** Opens the drawer where it is set up for cash; without waiting, and never refusing an act. */
  openDrawer(cause: OpeningCause, who: Actor): void;
}

export interface ReportDeskParts {
  readonly receipts: ReceiptSettingsStore;
  readonly print: Pick<PrintService, 'add' | 'kick'>;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly logger: Logger;
}

/** Opens the drawer after an act; a failure is only logged. */
export function openUnwaited(
  { print, logger }: Pick<ReportDeskParts, 'logger'> & { readonly print: Pick<PrintService, 'kick'> },
  begin: () => void,
  askedMsAgo = 0,
): void {
  const warn = (code: string) => logger.warn('receipts.drawer-not-opened', { code });
  print.kick(begin, askedMsAgo).then(
    (kicked) => {
      if (!kicked.ok) warn(kicked.error.code);
    },
    // Not journaled, not opened.
    (thrown: unknown) => warn(String(thrown)),
  );
}

/** Prefix of a report's job in the print queue. */
const PREFIX = 'report:';
const OPEN = 'open';

const jobOf = (number: number | null): string => `${PREFIX}${number ?? OPEN}`;

/** A job's report number: null for the open shift; undefined for an entry's job. */
export function reportOfJob(job: string): number | null | undefined {
  if (!job.startsWith(PREFIX)) return undefined;
  const text = job.slice(PREFIX.length);
  return text === OPEN ? null : Number(text);
}

/** How the print queue shows it. */
export const reportTitle = (
  number: number | null,
): { readonly reference: string; readonly memberName: string } => ({
  reference: number === null ? 'X' : `Z ${number}`,
  memberName: '',
});

/** Read again when it is printed: an X has the figures of that moment. */
export const printableReport = (
  maker: ReceiptMaker,
  report: ShiftReport,
  matched: Matched | null,
): Printable => ({
  sequence: null,
  isOnItsWay: false,
  isOpen: false,
  isGivenBack: false,
  receipt: () => maker.report(report, matched),
});

export const createReportDesk = ({ receipts, print, journal, logger }: ReportDeskParts): ReportDesk => ({
  print: (number) => {
    if (receipts.current().printer.kind === 'none') return err(appError('printer-none'));
    print.add(jobOf(number), false);
    return ok({});
  },
  openDrawer: (cause, who) => {
    if (!receipts.current().opensDrawer) return;
    openUnwaited({ print, logger }, () => noteOpening(journal, cause, who));
  },
});
