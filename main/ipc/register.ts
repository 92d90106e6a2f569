import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { CALL_CHANNEL } from '../../preload/contract/index.ts';
import { createDispatch, type DispatchOptions, type SenderInfo } from './dispatch.ts';

export interface RegisterOptions extends DispatchOptions {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>;
  readonly isTillWindow: (contents: WebContents) => boolean;
}

function senderOf(event: IpcMainInvokeEvent, isTillWindow: (contents: WebContents) => boolean): SenderInfo {
  const frame = event.senderFrame;
  return {
    isTillWindow: isTillWindow(event.sender),
    isMainFrame: frame !== null && frame.parent === null,
    origin: frame === null ? null : frame.origin,
  };
}

/**
 * Opens the one entrance for the page. All channels share it, so that a channel nobody knows gets a
 * coded error too. The returned function closes it.
 */
export function registerIpc({ ipcMain, isTillWindow, ...options }: RegisterOptions): () => void {
  const dispatch = createDispatch(options);
  ipcMain.handle(CALL_CHANNEL, (event, message: unknown) => dispatch(message, senderOf(event, isTillWindow)));
  return () => ipcMain.removeHandler(CALL_CHANNEL);
}
