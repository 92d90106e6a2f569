import {
  type Accounts,
  appError,
  type ChannelArgs,
  err,
  type OwnerView,
  ok,
  type Period,
} from '../../../preload/contract/index.ts';
import { type Actor, actorText } from '../../kernel/actor.ts';
import { fileNameOf } from '../../kernel/file-name.ts';
import type { createMutex } from '../../kernel/mutex.ts';
import type { FilePicker, Logger, SheetPdf } from '../../kernel/ports.ts';
import type { Room } from '../../kernel/room.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import { booksCsv } from '../books/books-csv.ts';
import { owedSheet } from '../books/owed-sheet.ts';
import type { ExportService } from '../find/export-service.ts';
import { writeTaken } from '../matching/write-taken.ts';
import { type Sheet, sheetCsv, sheetHtml } from '../sheet.ts';
import { type ImportParts, importFiles } from './import-files.ts';
import { type OwnerSheetParts, ownerSheet } from './owner-sheet.ts';
import type { LoadOwnerView, OwnerLook } from './owner-view.ts';
import type { ZFolder } from './z-folder.ts';
import type { ZPicks } from './z-picks.ts';

export interface ReportsRoomParts extends Pick<ImportParts, 'timeouts' | 'textOf' | 'read' | 'ownDigests'> {
  readonly logger: Logger;
  readonly loadOwnerView: LoadOwnerView;
  readonly folder: ZFolder;
  /** Null where the computer has no file dialog. */
  readonly picker: FilePicker | null;
  readonly picks: ZPicks;
  /** Null while the journal key is lost. */
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly pause: () => Promise<void>;
  /** One after the other, whoever changes what was imported. */
  readonly mutex: ReturnType<typeof createMutex>;
  readonly exports: Pick<ExportService, 'take'>;
  /** Null where no page can be drawn. */
  readonly sheetPdf: SheetPdf | null;
  readonly shop: Pick<OwnerSheetParts, 'till' | 'currency' | 'storeTimeZone'> & {
    readonly isPractice: boolean;
  };
  /** What the books' accounts are called. */
  readonly accounts: () => Accounts;
}

/** A view that can be cancelled. */
function createCalledOff({ loadOwnerView }: Pick<ReportsRoomParts, 'loadOwnerView'>) {
  let callOff: AbortController | null = null;
  return {
    cancel: () => callOff?.abort(),
    /** Null where it was cancelled. */
    look: async (): Promise<OwnerLook | null> => {
      const own = new AbortController();
      callOff = own;
      try {
        return await loadOwnerView(own.signal);
      } catch (thrown) {
        if (own.signal.aborted) return null;
        throw thrown;
      } finally {
        callOff = null;
      }
    },
  };
}

export function createReportsRoom(parts: ReportsRoomParts): Room {
  const { loadOwnerView, folder, picker, read, mutex } = parts;
  /** What the page shows. */
  let shown: OwnerLook | null = null;
  const look = async (): Promise<OwnerLook> => {
    shown = await loadOwnerView();
    return shown;
  };
  const show = async (): Promise<OwnerView> => (await look()).view;
  const asked = createCalledOff(parts);
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
        mutex(async () => {
          const found = await asked.look();
          shown = found ?? shown;
          return ok({ view: found?.view ?? null });
        }),
      'reports:importFiles': async () => {
        const paths = (await picker?.pickMany()) ?? [];
        return mutex(async () => {
          if (parts.journal === null || (await read('')) === null) return err(appError('key-lost'));
          const imported = await importFiles({ ...parts, isArchive: false }, paths);
          return ok({ ...imported, view: await show() });
        });
      },
      'reports:pick': ({ id, digest }, who) =>
        mutex(async () => {
          const { zs } = await folder.all();
          const there = [...parts.ownDigests(id), ...zs.filter((z) => z.id === id).map((z) => z.digest)];
          if (!there.includes(digest)) return err(appError('z-not-found'));
          const note = { event: 'noted', actor: actorText(who), reason: 'z picked' } as const;
          parts.journal?.append({ ...note, content: { id, digest } });
          await parts.picks.pick(id, digest);
          return ok({ view: await show() });
        }),
      'reports:save': async (wanted, who) => {
        const found = await mutex(async () => shown ?? (await look()));
        const period = found.view[wanted.span].find((one) => one.from === wanted.from);
        if (period === undefined) return err(appError('invalid-request', { field: 'from' }));
        return save(parts, fileOf(parts, found, period, wanted), who);
      },
      'reports:removeFile': ({ id }) =>
        mutex(async () => {
          await folder.remove(id);
          return ok({ view: await show() });
        }),
    },
    stop: asked.cancel,
  };
}

/** A file that is made of the view. */
interface ViewFile {
  readonly name: string;
  readonly ending: 'pdf' | 'csv';
  /** What the journal says of it. */
  readonly content: object;
  readonly entries: number;
  readonly lines: () => Promise<Iterable<string | Uint8Array>>;
}

function fileOf(
  { sheetPdf, shop, accounts }: ReportsRoomParts,
  { view, countedIn }: OwnerLook,
  period: Period,
  { as, words }: Pick<ChannelArgs<'reports:save'>, 'as' | 'words'>,
): ViewFile {
  const { from, to } = period;
  const { atMs, owed } = view;
  const stretch = from === to ? from : `${from} to ${to}`;
  const content = { owner: { from, to, as } };
  const csv = { ending: 'csv', content } as const;
  const ofSheet = (sheet: Sheet) => async () => sheetCsv(sheet);
  if (as === 'books')
    return {
      ...csv,
      name: `Books ${stretch}`,
      entries: period.sum.entries,
      lines: async () =>
        booksCsv({ ...shop, period, zs: countedIn(period), view, words, accounts: accounts() }),
    };
  if (as === 'owed') {
    const sheet = owedSheet({ ...shop, owed, words, atMs });
    const members = [...owed.ages, owed.below].reduce((all, one) => all + one.members, 0);
    return {
      ...csv,
      content: { owed: { members, atMs } },
      name: `Owed to members ${view.today}`,
      entries: members,
      lines: ofSheet(sheet),
    };
  }
  const sheet = ownerSheet({ ...shop, period, view, words, atMs });
  const ofPeriod = { name: `All tills ${stretch}`, entries: period.all.entries, content };
  if (as === 'csv') return { ...csv, ...ofPeriod, lines: ofSheet(sheet) };
  return {
    ...ofPeriod,
    ending: 'pdf',
    lines: async () => {
      if (sheetPdf === null) throw new Error('nothing draws here');
      return [await sheetPdf(sheetHtml(sheet), sheet)];
    },
  };
}

/** Like each file that a person takes along: recorded before it appears. */
const save = (
  { exports, shop }: ReportsRoomParts,
  { name, ending, content, entries, lines }: ViewFile,
  who: Actor,
) =>
  exports.take(
    {
      name: fileNameOf([name, shop.till], ending),
      content,
      write: async (target, onProgress, signal) =>
        writeTaken(target, await lines(), {
          step: () => onProgress({ done: 1, of: 1 }),
          isCalledOff: () => signal.aborted,
          entries,
        }),
    },
    who,
  );
