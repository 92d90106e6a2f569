import { appError, err, inLanguage, isGivenBack, isUnsettled } from '../../preload/contract/index.ts';
import type { Room } from '../kernel/room.ts';
import { noneAhead, shownEntry } from '../ledger/shown/shown-entry.ts';
import type { Increment } from '../ledger/types.ts';
import { createPapers } from '../paper/receipts/papers.ts';
import { createPrintJobs } from '../paper/receipts/print-jobs.ts';
import { createPrintService } from '../paper/receipts/print-service.ts';
import { createReceiptMaker } from '../paper/receipts/receipt-maker.ts';
import { createReceiptsRoom } from '../paper/receipts/receipts-room.ts';
import {
  createReportDesk,
  printableReport,
  type ReportDesk,
  reportOfJob,
  reportTitle,
} from '../paper/receipts/report-desk.ts';
import { createReceiptSettings } from '../paper/receipts/settings.ts';
import type { SessionParts, World } from './compose-core.ts';
import type { Services } from './compose-services.ts';

/** On its way: the host may say within moments that it has it. */
const isOnItsWay = ({ state }: Increment): boolean => state === 'queued' || state === 'sending';

/** Receipts of one till. Without a canvas only what a printer has letters for can be printed. */
export function composeReceipts(
  world: World,
  { config, mode }: SessionParts,
  { core, outbox, policy, today, slips, shifts }: Services,
): { readonly room: Room; readonly desk: ReportDesk } {
  const { canvas, saver } = world.receipts ?? { canvas: null, saver: null };
  const receipts = createReceiptSettings(core);
  const papers = createPapers(core.settings, core.journal);
  const maker = createReceiptMaker({
    till: config,
    tillLanguage: () => {
      const { screenLanguage } = policy.current();
      return screenLanguage === 'as-set-up' ? config.language : inLanguage(config.language, screenLanguage);
    },
    isPractice: mode === 'practice',
    current: receipts.current,
    logo: receipts.logo,
    canvas,
    warn: (error) => world.logger.warn('receipts.not-drawn', { error: String(error) }),
  });
  const shown = (increment: Increment) => shownEntry(increment, config.storeTimeZone, noneAhead);
  const receiptOf = (increment: Increment, copy: number) =>
    maker.of({ ...shown(increment), ...increment.terms }, copy, slips.codeOf(increment));
  const printing = createPrintJobs({ clock: world.clock, receipts, maker, canvas });
  // Its drawer has real money in it.
  const noDrawer = { kick: async () => err(appError('not-from-practice')) };
  const jobs = mode === 'practice' ? { ...printing, ...noDrawer } : printing;
  const print = createPrintService({
    ...core,
    jobs,
    papers,
    printable: (entryId) => {
      const number = reportOfJob(entryId);
      if (number !== undefined) {
        const report = shifts.service.report(number);
        return report.ok ? printableReport(maker, report.value) : null;
      }
      const increment = outbox.byId(entryId);
      if (increment === null) return null;
      const { sequence } = increment;
      const isOnline = core.link.state.reach === 'online';
      return {
        sequence,
        isOnItsWay: isOnline && isOnItsWay(increment),
        isOpen: isUnsettled(increment),
        isGivenBack: isGivenBack(increment),
        receipt: (copy) => receiptOf(increment, copy),
      };
    },
  });
  const titleOf = (entryId: string) => {
    const number = reportOfJob(entryId);
    if (number !== undefined) return reportTitle(number);
    const increment = outbox.byId(entryId);
    if (increment === null) return null;
    const { reference, memberName } = shown(increment);
    return { reference, memberName };
  };
  const desk = createReportDesk({ ...world, journal: core.journal, receipts, maker, print, canvas });
  const room = createReceiptsRoom({
    ...core,
    outbox,
    today,
    receipts,
    papers,
    maker,
    print,
    canvas,
    saver,
    receiptOf,
    shown,
    tenderOf: ({ terms }) => terms.tender,
    titleOf,
  });
  return { room, desk };
}
