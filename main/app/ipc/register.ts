import type { IpcMain, WebContents } from 'electron';
import { CALL_CHANNEL } from '../../../preload/contract/index.ts';
import { createDispatch, type DispatchOptions } from './dispatch.ts';
import { openEntrance } from './entrance.ts';

export interface RegisterOptions extends DispatchOptions {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>;
  readonly isTillWindow: (contents: WebContents) => boolean;
}

/** Opens the entrance with a dispatcher; returns the way to close it. */
export function registerIpc({ ipcMain, isTillWindow, ...options }: RegisterOptions): () => void {
  openEntrance(ipcMain, isTillWindow).answerBy(createDispatch(options));
  return () => ipcMain.removeHandler(CALL_CHANNEL);
}
