import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { CALL_CHANNEL } from '../../../preload/contract/app/bridge.ts';
import type { Dispatch, SenderInfo } from './dispatch.ts';

export interface Entrance {
  /** Answers calls from now on, queued ones first. */
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
 * The only IPC handler, for all channels, so that an unknown one gets a coded error, too. Calls before `answerBy` wait,
 * since the program is still opening.
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
    // Before anything is awaited: the frame may be gone then.
    const sender = senderOf(event, isTillWindow);
    const dispatch = await answering;
    return dispatch(message, sender);
  });
  return { answerBy };
}
