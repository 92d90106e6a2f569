import {
  appError,
  err,
  type OwnerView,
  ok,
  type Period,
  type Result,
} from '../../../preload/contract/index.ts';
import { type Actor, actorText } from '../../kernel/actor.ts';
import { fileNameOf } from '../../kernel/file-name.ts';
import { createMutex } from '../../kernel/mutex.ts';
import type { FilePicker, Logger, SheetPdf } from '../../kernel/ports.ts';
import type { Changed, Room } from '../../kernel/room.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import type { ExportService } from '../find/export-service.ts';
import { writeTaken } from '../matching/write-taken.ts';
import { type Sheet, sheetCsv, sheetHtml } from '../sheet.ts';
import { type ImportParts, importFiles } from './import-files.ts';
import { type OwnerSheetParts, ownerSheet } from './owner-sheet.ts';
import type { LoadOwnerView } from './owner-view.ts';
import type { ReadZ } from './read-z.ts';
import type { ZFolder } from './z-folder.ts';
import type { ZPicks } from './z-picks.ts';

export interface ReportsRoomParts extends Pick<ImportParts, 'timeouts' | 'textOf'> {
  readonly logger: Logger;
  readonly loadOwnerView: LoadOwnerView;
  readonly changed: Changed<'ownerPercent'>;
  readonly folder: ZFolder;
  /** Null where the computer has no file dialog. */
  readonly picker: FilePicker | null;
  /** Null without an App key. */
  readonly read: (text: string) => Promise<ReadZ | null>;
  readonly ownDigests: ImportParts['ownDigests'];
  readonly picks: ZPicks;
  /** Null while the journal key is lost. */
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly pause: () => Promise<void>;
  /** A blind count is under way. */
  readonly isCountedBlind: () => boolean;
  readonly exports: Pick<ExportService, 'take'>;
  /** Null where no page can be drawn. */
  readonly sheetPdf: SheetPdf | null;
  readonly shop: Pick<OwnerSheetParts, 'till' | 'currency' | 'storeTimeZone'>;
}

/** A view with progress that can be cancelled. */
function createCalledOff({ loadOwnerView, changed }: Pick<ReportsRoomParts, 'loadOwnerView' | 'changed'>) {
  let percent: number | null = null;
  let callOff: AbortController | null = null;
  const showProgress = (now: number | null): void => {
    if (now === percent) return;
    percent = now;
    changed('ownerPercent');
  };
  return {
    percent: () => percent,
    cancel: () => callOff?.abort(),
    /** Null where it was cancelled. */
    look: async (): Promise<OwnerView | null> => {
      const own = new AbortController();
      callOff = own;
      try {
        return await loadOwnerView(
          ({ done, of }) => showProgress(Math.floor((100 * done) / Math.max(1, of))),
          own.signal,
        );
      } catch (thrown) {
        if (own.signal.aborted) return null;
        throw thrown;
      } finally {
        callOff = null;
        showProgress(null);
      }
    },
  };
}

export function createReportsRoom(parts: ReportsRoomParts): Room {
  const { loadOwnerView, folder, picker, read } = parts;
  const mutex = createMutex();
  /** What the page shows. */
  let shown: OwnerView | null = null;
  const show = async (): Promise<OwnerView> => {
    shown = await loadOwnerView();
    return shown;
  };
  const asked = createCalledOff(parts);
  /** Every answer has today's sums, which a blind count hides. */
  const runExclusive = async <T>(work: () => Promise<Result<T>>): Promise<Result<T>> =>
    parts.isCountedBlind() ? err(appError('count-is-open')) : mutex(work);
  return {
    name: 'reports',
    handlers: {
      'reports:cancel': () => {
        asked.cancel();
        return ok({});
      },
    },
    managersHandlers: {
      'reports:look': () =>
        runExclusive(async () => {
          const view = await asked.look();
          shown = view ?? shown;
          return ok({ view });
        }),
      'reports:importFiles': async () => {
        const paths = (await picker?.pickMany()) ?? [];
        return runExclusive(async () => {
          if ((await read('')) === null) return err(appError('key-lost'));
          const readNow = async (text: string): Promise<ReadZ> =>
            (await read(text)) ?? { ok: false, problem: 'forged' };
          const imported = await importFiles({ ...parts, read: readNow }, paths);
          return ok({ ...imported, view: await show() });
        });
      },
      'reports:pick': ({ id, digest }, who) =>
        runExclusive(async () => {
          const { zs } = await folder.all();
          const there = [...parts.ownDigests(id), ...zs.filter((z) => z.id === id).map((z) => z.digest)];
          if (!there.includes(digest)) return err(appError('z-not-found'));
          const note = { event: 'noted', actor: actorText(who), reason: 'z picked' } as const;
          parts.journal?.append({ ...note, content: { id, digest } });
          await parts.picks.pick(id, digest);
          return ok({ view: await show() });
        }),
      'reports:save': async ({ as, span, from, words }, who) => {
        const found = await runExclusive(async () => ok(shown ?? (await show())));
        if (!found.ok) return found;
        const { [span]: periods, atMs } = found.value;
        const period = periods.find((one) => one.from === from);
        if (period === undefined) return err(appError('invalid-request', { field: 'from' }));
        return saveSheet(parts, ownerSheet({ ...parts.shop, period, words, atMs }), { as, period, who });
      },
      'reports:removeFile': ({ id }) =>
        runExclusive(async () => {
          await folder.remove(id);
          return ok({ view: await show() });
        }),
    },
    shows: { ownerPercent: asked.percent },
    stop: asked.cancel,
  };
}

interface Saving {
  readonly as: 'pdf' | 'csv';
  readonly period: Period;
  readonly who: Actor;
}

/** Like each file that a person takes along: recorded before it appears. */
function saveSheet({ exports, sheetPdf, shop }: ReportsRoomParts, sheet: Sheet, { as, period, who }: Saving) {
  const { from, to } = period;
  const { entries } = period.all;
  return exports.take(
    {
      name: fileNameOf(['All tills', from === to ? from : `${from} to ${to}`, shop.till], as),
      content: { owner: { from, to, as } },
      write: async (target, onProgress, signal) => {
        const isCalledOff = () => signal.aborted;
        const step = () => onProgress({ done: 1, of: 1 });
        if (as === 'csv') return writeTaken(target, sheetCsv(sheet), { step, isCalledOff, entries });
        if (sheetPdf === null) throw new Error('nothing draws here');
        return writeTaken(target, [await sheetPdf(sheetHtml(sheet), sheet)], { step, isCalledOff, entries });
      },
    },
    who,
  );
}
