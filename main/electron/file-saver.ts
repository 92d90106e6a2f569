import { basename, join } from 'node:path';
import type { App, BrowserWindow, Dialog } from 'electron';
import { appError, err, ok } from '../../preload/contract/index.ts';
import { writeFileAtomically } from '../atomic-file.ts';
import type { FileSaver, Random } from '../ports.ts';

export interface FileSaverParts {
  readonly dialog: Pick<Dialog, 'showSaveDialog'>;
  readonly app: Pick<App, 'getPath'>;
  readonly random: Pick<Random, 'uuid'>;
  readonly window: () => BrowserWindow | null;
}

/** Asks over the till's own window. */
export const createFileSaver = ({ dialog, app, random, window }: FileSaverParts): FileSaver => ({
  save: async ({ name, text }) => {
    const over = window();
    if (over === null) return ok(null);
    const { canceled, filePath } = await dialog.showSaveDialog(over, {
      defaultPath: join(app.getPath('documents'), basename(name)),
    });
    if (canceled || filePath === '') return ok(null);
    try {
      await writeFileAtomically(filePath, text, random.uuid());
      return ok(filePath);
    } catch (thrown) {
      const code = (thrown as NodeJS.ErrnoException).code ?? 'unknown';
      return err(appError('file-not-saved', { system: code }));
    }
  },
});
