import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { CALL_CHANNEL } from '../../../preload/contract/app/bridge.ts';
import type { Dispatch, SenderInfo } from './dispatch.ts';

export interface Entrance {
  /** From now on calls are answered, and first those that came before. */
  readonly answerBy: (dispatch: Dispatch) => void;
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
 * The one entrance for the page. All channels share it, so that a channel nobody knows gets a coded error too. It is there
 * before whoever answers: a page that asks while the program still opens waits, and is not told of a program that is broken.
 */
export function openEntrance(
  ipcMain: Pick<IpcMain, 'handle'>,
  isTillWindow: (contents: WebContents) => boolean,
): Entrance {
  let answerBy: (dispatch: Dispatch) => void = () => undefined;
  const answering = new Promise<Dispatch>((resolve) => {
    answerBy = resolve;
  });
  ipcMain.handle(CALL_CHANNEL, async (event, message: unknown) => {
    // Before anything is awaited: the frame that sent may be gone then.
    const sender = senderOf(event, isTillWindow);
    const dispatch = await answering;
    return dispatch(message, sender);
  });
  return { answerBy };
}
