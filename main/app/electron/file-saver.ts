import { basename, join } from 'node:path';
import type { App, BrowserWindow, Dialog, Shell } from 'electron';
import { appError, err, ok } from '../../../preload/contract/index.ts';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import type { FileSaver, Random, SavePlace } from '../../kernel/ports.ts';

export interface FileSaverParts {
  readonly dialog: Pick<Dialog, 'showSaveDialog'>;
  readonly app: Pick<App, 'getPath'>;
  readonly random: Pick<Random, 'uuid'>;
  readonly window: () => BrowserWindow | null;
  /** Shared by all that save. */
  readonly picked: PickedPlace;
}

/** The place picked last, which can be shown in its folder. */
export interface PickedPlace {
  note(file: string): void;
  /** Nothing where no place was picked. */
  show(): void;
}

export function createPickedPlace(shell: Pick<Shell, 'showItemInFolder'>): PickedPlace {
  let last: string | null = null;
  return {
    note: (file) => {
      last = file;
    },
    show: () => {
      if (last !== null) shell.showItemInFolder(last);
    },
  };
}

/** Asks over the till's own window. */
export const createSavePlace = ({
  dialog,
  app,
  window,
  picked,
}: Omit<FileSaverParts, 'random'>): SavePlace => ({
  pick: async (name) => {
    const over = window();
    if (over === null) return null;
    const { canceled, filePath } = await dialog.showSaveDialog(over, {
      defaultPath: join(app.getPath('documents'), basename(name)),
    });
    if (canceled || filePath === '') return null;
    picked.note(filePath);
    return filePath;
  },
});

export const createFileSaver = (parts: FileSaverParts): FileSaver => ({
  save: async ({ name, text, begin }) => {
    const file = await createSavePlace(parts).pick(name);
    if (file === null) return ok(null);
    begin?.();
    try {
      await writeFileAtomically(file, text, parts.random.uuid());
      return ok(file);
    } catch (thrown) {
      const code = (thrown as NodeJS.ErrnoException).code ?? 'unknown';
      return err(appError('file-not-saved', { system: code }));
    }
  },
});
