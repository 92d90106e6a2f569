import { appError, err, type OwnerView, ok, type Result } from '../../../preload/contract/index.ts';
import { actorText } from '../../kernel/actor.ts';
import { createMutex } from '../../kernel/mutex.ts';
import type { FilePicker, Logger } from '../../kernel/ports.ts';
import type { Changed, Room } from '../../kernel/room.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import { type ImportParts, importFiles } from './import-files.ts';
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
      'reports:look': () => runExclusive(async () => ok({ view: await asked.look() })),
      'reports:importFiles': async () => {
        const paths = (await picker?.pickMany()) ?? [];
        return runExclusive(async () => {
          if ((await read('')) === null) return err(appError('key-lost'));
          const readNow = async (text: string): Promise<ReadZ> =>
            (await read(text)) ?? { ok: false, problem: 'forged' };
          const imported = await importFiles({ ...parts, read: readNow }, paths);
          return ok({ ...imported, view: await loadOwnerView() });
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
          return ok({ view: await loadOwnerView() });
        }),
      'reports:removeFile': ({ id }) =>
        runExclusive(async () => {
          await folder.remove(id);
          return ok({ view: await loadOwnerView() });
        }),
    },
    shows: { ownerPercent: asked.percent },
    stop: asked.cancel,
  };
}
