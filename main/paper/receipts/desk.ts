import { appError, err, isGivenBack, isUnsettled } from '../../../preload/contract/index.ts';
import type { Room } from '../../kernel/room.ts';
import type { Increment } from '../../ledger/index.ts';
import { noOthers, shownEntry } from '../../ledger/shown/index.ts';
import type { PaperNeeds } from '../needs.ts';
import type { ReceiptCodes } from '../slips/slips-service.ts';
import { createPapers } from './papers.ts';
import { createPrintJobs } from './print-jobs.ts';
import { isOut } from './print-queue.ts';
import { createPrintService, type Printable } from './print-service.ts';
import { createReceiptMaker } from './receipt-maker.ts';
import { createReceiptsRoom } from './receipts-room.ts';
import {
  createReportDesk,
  printableReport,
  type ReportDesk,
  reportOfJob,
  reportTitle,
} from './report-desk.ts';
import { createReceiptSettings, type ReceiptSettingsStore } from './settings.ts';

/** Being sent: the host may confirm within moments. */
const isOnItsWay = ({ state }: Increment): boolean => state === 'queued' || state === 'sending';

/** Receipts of one till. Without a canvas only a printer's own letters can be printed. */
export function createReceipts(
  needs: PaperNeeds,
  slips: Pick<ReceiptCodes, 'codeOf'>,
): {
  readonly room: Room;
  readonly desk: ReportDesk;
  readonly settings: ReceiptSettingsStore;
  /** Entries with a receipt that is not out, or of which nobody knows. */
  readonly unprinted: () => readonly string[];
} {
  const { canvas, saver, isPractice } = needs;
  const { settings, runInTransaction, storeTimeZone, today, clock, random, logger, changed, above } =
    needs.kernel;
  const { config, link } = needs.hosts;
  const { outbox, journal, feed } = needs.ledger;
  const receipts = createReceiptSettings({ settings, runInTransaction, journal });
  const papers = createPapers(settings, journal);
  const maker = createReceiptMaker({
    till: config,
    tillLanguage: needs.language,
    isPractice,
    current: receipts.current,
    logo: receipts.logo,
    canvas,
    warn: (error) => logger.warn('receipts.not-drawn', { error: String(error) }),
  });
  const shown = (increment: Increment) => shownEntry(increment, storeTimeZone, noOthers);
  const receiptOf = (increment: Increment, copy: number) =>
    maker.of({ ...shown(increment), ...increment.terms }, copy, slips.codeOf(increment));
  const printing = createPrintJobs({ clock, receipts, maker, canvas });
  // In practice too, the drawer has real money in it.
  const noDrawer = { kick: async () => err(appError('not-from-practice')) };
  const printable = (entryId: string): Printable | null => {
    const number = reportOfJob(entryId);
    if (number !== undefined) {
      const report = needs.day.shifts.service.report(number);
      return report.ok ? printableReport(maker, report.value, needs.day.matchedOf(report.value)) : null;
    }
    const increment = outbox.byId(entryId);
    if (increment === null) return null;
    return {
      sequence: increment.sequence,
      isOnItsWay: link.state.reach === 'online' && isOnItsWay(increment),
      isOpen: isUnsettled(increment),
      isGivenBack: isGivenBack(increment),
      receipt: (copy) => receiptOf(increment, copy),
    };
  };
  const print = createPrintService({
    jobs: isPractice ? { ...printing, ...noDrawer } : printing,
    papers,
    printable,
    settings,
    runInTransaction,
    clock,
    random,
    logger,
    changed,
  });
  const titleOf = (entryId: string) => {
    const number = reportOfJob(entryId);
    if (number !== undefined) return reportTitle(number);
    const increment = outbox.byId(entryId);
    if (increment === null) return null;
    const { reference, memberName } = shown(increment);
    return { reference, memberName };
  };
  const desk = createReportDesk({ receipts, print, journal, logger });
  const room = createReceiptsRoom({
    clock,
    logger,
    above,
    changed,
    settings,
    journal,
    feed,
    outbox,
    today,
    receipts,
    papers,
    runInTransaction,
    maker,
    receiptOf,
    shown,
    titleOf,
    tenderOf: ({ terms }) => terms.tender,
    print,
    canvas,
    saver,
  });
  const unprinted = () => print.queue().jobs.flatMap((job) => (isOut(job) ? [] : [job.entryId]));
  return { room, desk, settings: receipts, unprinted };
}
