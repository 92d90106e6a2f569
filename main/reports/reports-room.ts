import { appError, err, type OwnerView, ok, type Result } from '../../preload/contract/index.ts';
import type { FilePicker, Logger } from '../ports.ts';
import type { Room } from '../room.ts';
import { createTurns } from '../turns.ts';
import { importFiles } from './import-files.ts';
import type { ReadZ } from './read-z.ts';
import type { ZFolder } from './z-folder.ts';

export interface ReportsRoomParts {
  readonly logger: Logger;
  readonly look: () => Promise<OwnerView>;
  readonly folder: ZFolder;
  /** Null where the computer has none. */
  readonly picker: FilePicker | null;
  /** Null without a key. */
  readonly read: (text: string) => ReadZ | null;
  /** This till has the report itself. */
  readonly isOwn: (id: string) => boolean;
  readonly pause: () => Promise<void>;
  /** The drawer is being counted by somebody who must not know what is to be in it. */
  readonly isCountedBlind: () => boolean;
}

/** What an owner wants to know: this till by days, weeks and months, and several tills' Z reports added up. */
export function createReportsRoom(parts: ReportsRoomParts): Room {
  const { look, folder, picker, read } = parts;
  const turns = createTurns();
  /** Today's sums are in every answer. */
  const inTurn = async <T>(work: () => Promise<Result<T>>): Promise<Result<T>> =>
    parts.isCountedBlind() ? err(appError('count-is-open')) : turns(work);
  return {
    name: 'reports',
    managersHandlers: {
      'reports:look': () => inTurn(async () => ok({ view: await look() })),
      'reports:importFiles': async () => {
        const paths = (await picker?.pickMany()) ?? [];
        return inTurn(async () => {
          if (read('') === null) return err(appError('key-lost'));
          const readNow = (text: string): ReadZ => read(text) ?? { ok: false, problem: 'forged' };
          const imported = await importFiles({ ...parts, read: readNow }, paths);
          return ok({ ...imported, view: await look() });
        });
      },
      'reports:removeFile': ({ id }) =>
        inTurn(async () => {
          await folder.remove(id);
          return ok({ view: await look() });
        }),
    },
  };
}
