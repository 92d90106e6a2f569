import type { BrowserWindow, Dialog } from 'electron';
import type { FilePicker, FolderPicker } from '../../kernel/ports.ts';

/** Asks over the till's own window. */
export const createFolderPicker = (dialog: Dialog, window: () => BrowserWindow | null): FolderPicker => ({
  pick: async () => {
    const over = window();
    if (over === null) return null;
    const { canceled, filePaths } = await dialog.showOpenDialog(over, {
      properties: ['openDirectory', 'createDirectory'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  },
});

/** Asks over the till's own window, for files with this ending. */
export const createFilePicker = (
  dialog: Dialog,
  window: () => BrowserWindow | null,
  extension: string,
): FilePicker => ({
  pickMany: async () => {
    const over = window();
    if (over === null) return [];
    const { canceled, filePaths } = await dialog.showOpenDialog(over, {
      properties: ['openFile', 'multiSelections'],
      filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
    });
    return canceled ? [] : filePaths;
  },
});
