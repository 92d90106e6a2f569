import {
  appError,
  err,
  isGivenBack,
  isUnsettled as isOpenEntry,
  ok,
  type ReceiptSettings,
  type Result,
  type SetAbove,
  type ShownPrintJob,
} from '../../../preload/contract/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { RunInTransaction } from '../../kernel/database/run-in-transaction.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { fixedAmong } from '../../kernel/fixed.ts';
import type { Clock, FileSaver, Logger, ReceiptCanvas } from '../../kernel/ports.ts';
import type { Changed, ManagersHandlers, Room, RoomHandlers } from '../../kernel/room.ts';
import type { Increment, OutboxRepository } from '../../ledger/index.ts';
import { type JournalFeed, type JournalRepository, noteOpening } from '../../ledger/journal/index.ts';
import { wasEntered } from '../../ledger/shown/index.ts';
import type { PrinterFeedback } from './network-printer.ts';
import { PaperIsStale, type Papers } from './papers.ts';
import { isUnsettled } from './print-queue.ts';
import { DRAWER_MS, type PrintService } from './print-service.ts';
import { scatteredDotsOf } from './raster.ts';
import { columnsOf, DOTS_PER_COLUMN, type Receipt } from './receipt.ts';
import type { ReceiptMaker } from './receipt-maker.ts';
import { openUnwaited } from './report-desk.ts';
import { type ReceiptSettingsStore, receiptChanges } from './settings.ts';

export interface ReceiptsRoomParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** What is not a manager's to change. */
  readonly above: () => SetAbove;
  readonly changed: Changed<'receipts'>;
  readonly settings: Settings;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly feed: Pick<JournalFeed, 'subscribe'> | null;
  readonly outbox: Pick<OutboxRepository, 'byId' | 'bySequence' | 'activity'>;
  readonly today: () => string;
  readonly receipts: ReceiptSettingsStore;
  readonly papers: Papers;
  readonly runInTransaction: RunInTransaction;
  readonly maker: ReceiptMaker;
  readonly receiptOf: (increment: Increment, copy: number) => Receipt;
  readonly shown: (increment: Increment) => { readonly reference: string; readonly memberName: string };
  /** How a job is shown; null where its entry is gone. */
  readonly titleOf: (entryId: string) => Pick<ShownPrintJob, 'reference' | 'memberName'> | null;
  /** `cash` and the like, as the entry has it. */
  readonly tenderOf: (increment: Increment) => string | null;
  readonly print: PrintService;
  readonly canvas: ReceiptCanvas | null;
  readonly saver: FileSaver | null;
}

/** The size of the day's list. */
const MOST_ENTRIES = 500;

/** Receipts, printers, and prints that may not have come out. */
export function createReceiptsRoom(parts: ReceiptsRoomParts): Room {
  const { print, receipts } = parts;
  let unsubscribe = (): void => undefined;
  return {
    name: 'receipts',
    handlers: { ...paperHandlers(parts), ...testHandlers(parts) },
    managersHandlers: managersHandlers(parts),
    start: () => {
      print.start();
      if (receipts.current().after === 'always') printMissed(parts);
      const follow = createFollower(parts);
      const leave = parts.feed?.subscribe(follow.rows);
      unsubscribe = () => {
        leave?.();
        follow.stop();
      };
    },
    stop: (graceMs) => {
      unsubscribe();
      return print.stop(graceMs);
    },
    shows: {
      receipts: () => {
        const { printer, after } = receipts.current();
        const { jobs } = print.queue();
        const waiting = jobs.filter(({ state }) => state === 'waiting' || state === 'printing').length;
        return {
          printer: printer.kind,
          after,
          waiting,
          unsettled: jobs.filter(isUnsettled).length,
          problem: print.problem(),
          changes: print.changes(),
        };
      },
    },
  };
}

/** Entries committed just before the program ended: their receipts are asked about, not printed. */
function printMissed({ outbox, today, print }: ReceiptsRoomParts): void {
  const { heard } = print.queue();
  if (heard === 0) return;
  const missed = outbox
    .activity(today(), MOST_ENTRIES)
    .filter((increment) => increment.sequence > heard && wasEntered(increment));
  for (const { id, sequence } of missed.reverse()) print.addMissed(id, sequence);
}

type FeedRows = Parameters<Parameters<JournalFeed['subscribe']>[0]>[0];

/** Delayed until "Saved" is shown: printing writes to the disk once more. */
const FOLLOW_AFTER_MS = 100;

/** New entries trigger their receipt and the drawer; any change of an entry may end a job's wait. */
function createFollower(parts: ReceiptsRoomParts) {
  const { receipts, print, clock } = parts;
  const heard: { readonly sequence: number; readonly atMs: number }[] = [];
  let forget: (() => void) | null = null;
  const act = () => {
    forget = null;
    for (const { sequence, atMs } of heard.splice(0)) askForPaper(parts, sequence, atMs);
    print.wake();
  };
  return {
    rows: (rows: FeedRows) => {
      const { after, opensDrawer } = receipts.current();
      const isAsked = after === 'always' || opensDrawer;
      for (const { event, entry, atMs } of rows)
        if (isAsked && event === 'added' && entry !== null) heard.push({ sequence: entry, atMs });
      if (rows.some(({ entry }) => entry !== null)) forget ??= clock.schedule(FOLLOW_AFTER_MS, act);
    },
    stop: () => forget?.(),
  };
}

function askForPaper(parts: ReceiptsRoomParts, sequence: number, atMs: number): void {
  const { outbox, receipts, print, clock } = parts;
  const { after, opensDrawer, printer } = receipts.current();
  const increment = outbox.bySequence(sequence);
  // A replacement is paid already and its entry had its receipt; another prints only on request.
  if (increment === null || !wasEntered(increment)) return;
  if (after === 'always' && printer.kind !== 'none') print.add(increment.id, true, sequence);
  const sinceMs = Math.max(0, clock.nowMs() - atMs);
  if (!opensDrawer || parts.tenderOf(increment) !== 'cash' || sinceMs > DRAWER_MS) return;
  openUnwaited(parts, () => noteOpening(parts.journal, { cause: 'entry', entry: sequence }), sinceMs);
}

function paperHandlers(parts: ReceiptsRoomParts): RoomHandlers {
  const { outbox, papers, maker, print, receipts, canvas, saver } = parts;
  return {
    'receipts:preview': async ({ id }) => {
      const increment = outbox.byId(id);
      if (increment === null) return err(appError('entry-not-found'));
      return ok(await maker.draw(parts.receiptOf(increment, papers.of(increment.sequence))));
    },
    'receipts:print': ({ id }) => {
      if (outbox.byId(id) === null) return err(appError('entry-not-found'));
      if (receipts.current().printer.kind === 'none') return err(appError('printer-none'));
      print.add(id, false);
      return ok({});
    },
    'receipts:savePdf': async ({ id }) => {
      const increment = outbox.byId(id);
      if (increment === null) return err(appError('entry-not-found'));
      if (canvas === null || saver === null) return err(appError('receipt-not-drawn'));
      const drawn = await maker.draw(parts.receiptOf(increment, papers.of(increment.sequence)));
      const text = await canvas.pdf(drawn, Number(receipts.current().width));
      const { reference } = parts.shown(increment);
      // The person may take as long as they like to pick a place.
      const begin = () => {
        const now = outbox.byId(id);
        const paper = { isOpen: isOpenEntry(increment), isGivenBack: now === null || isGivenBack(now) };
        // Later prints are copies.
        parts.runInTransaction(() => papers.add(increment.sequence, paper));
      };
      try {
        const saved = await saver.save({ name: `receipt-${reference}.pdf`, text, begin });
        return saved.ok ? ok({ saved: saved.value !== null }) : saved;
      } catch (thrown) {
        if (thrown instanceof PaperIsStale) return err(thrown.appError);
        throw thrown;
      }
    },
    'receipts:queue': () => {
      const jobs = print.queue().jobs.flatMap(({ isByItself: _, ...job }): ShownPrintJob[] => {
        const told = parts.titleOf(job.entryId);
        return told === null ? [] : [{ ...job, ...told }];
      });
      return ok({ jobs });
    },
    'receipts:answer': ({ ids, answer }) => {
      print.answer(ids, answer);
      return ok({});
    },
  };
}

function testHandlers({ receipts, maker, print, clock, canvas, logger }: ReceiptsRoomParts): RoomHandlers {
  /** The last test print's result, until a person confirms it. */
  let seen: PrinterFeedback | null = null;
  const systemPrinters = async () => {
    try {
      return [...((await canvas?.printers()) ?? [])].slice(0, 200);
    } catch (thrown) {
      logger.warn('receipts.no-printers', { error: String(thrown) });
      return [];
    }
  };
  return {
    'receipts:get': async () =>
      ok({
        settings: receipts.current(),
        hasLogo: receipts.logo() !== null,
        systemPrinters: await systemPrinters(),
      }),
    'receipts:testPrint': async () => {
      seen = null;
      const end = await print.test(maker.test(clock.nowMs()));
      if (end.kind === 'printed') {
        receipts.learnFeedback('done');
        return ok({ end: 'printed' });
      }
      if (end.kind === 'not-begun') return err(end.problem);
      if (end.problem.code !== 'printer-silent') return err(end.problem);
      seen = end.feedback;
      return ok({ end: 'unknown' });
    },
    'receipts:testCameOut': () => {
      if (seen !== null) receipts.learnFeedback(seen);
      seen = null;
      return ok({});
    },
  };
}

function managersHandlers(parts: ReceiptsRoomParts): ManagersHandlers {
  const { receipts, changed, canvas, journal, print } = parts;
  const save = (wanted: ReceiptSettings, who: Actor): Result<Record<string, never>> => {
    const names = Object.keys(receiptChanges(receipts.current(), wanted));
    const fixed = fixedAmong(
      names.map((name) => `receipts.${name}`),
      parts.above(),
    );
    if (fixed !== null) return err(fixed);
    receipts.save(wanted, who);
    changed('receipts');
    return ok({});
  };
  return {
    'receipts:save': ({ settings }, who) => save(settings, who),
    'receipts:chooseLogo': async (_, who) => {
      const most = columnsOf[receipts.current().width] * DOTS_PER_COLUMN;
      const picked = await canvas?.pick(most);
      if (picked === undefined) return err(appError('receipt-not-drawn'));
      if (!picked.ok) return picked;
      if (picked.value === null) return ok({ chosen: false });
      receipts.saveLogo(scatteredDotsOf(picked.value.grey, picked.value.width), who);
      changed('receipts');
      return ok({ chosen: true });
    },
    'receipts:removeLogo': (_, who) => {
      receipts.saveLogo(null, who);
      changed('receipts');
      return ok({});
    },
    'receipts:openDrawer': (_, who) => print.kick(() => noteOpening(journal, { cause: 'no-sale' }, who)),
  };
}
