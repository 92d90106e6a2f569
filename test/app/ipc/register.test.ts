import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { expect, test } from 'vitest';
import { registerIpc } from '../../../main/app/ipc/register.ts';
import { countingHandlers, dispatchOptions, logLines, ORIGIN } from './support.ts';

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown>;

function registered(tillWindow: WebContents) {
  const listeners = new Map<string, Listener>();
  const ipcMain = {
    handle: (name: string, listener: Listener) => void listeners.set(name, listener),
    removeHandler: (name: string) => void listeners.delete(name),
  } as Pick<IpcMain, 'handle' | 'removeHandler'>;
  const { handlers } = countingHandlers();
  const stop = registerIpc({
    ...dispatchOptions(handlers, logLines().logger),
    ipcMain,
    isTillWindow: (contents) => contents === tillWindow,
  });
  return { listeners, stop };
}

const contents = () => new EventEmitter() as unknown as WebContents;
const event = (sender: WebContents, senderFrame: object | null) =>
  ({ sender, senderFrame }) as unknown as IpcMainInvokeEvent;

test('there is one entrance, and it reads the sender from the frame', async () => {
  const till = contents();
  const { listeners, stop } = registered(till);
  expect([...listeners.keys()]).toEqual(['till:call']);
  const enter = listeners.get('till:call') as Listener;
  const code = async (from: IpcMainInvokeEvent) =>
    ((await enter(from, { channel: 'sync:sendNow', args: {} })) as { error: { code: string } }).error.code;
  const mainFrame = { parent: null, origin: ORIGIN };
  expect(await code(event(till, mainFrame))).toBe('not-set-up');
  expect(await code(event(contents(), mainFrame))).toBe('forbidden-sender');
  expect(await code(event(till, { parent: mainFrame, origin: ORIGIN }))).toBe('forbidden-sender');
  expect(await code(event(till, { parent: null, origin: 'https://example.com' }))).toBe('forbidden-sender');
  expect(await code(event(till, null))).toBe('forbidden-sender');
  stop();
  expect(listeners.size).toBe(0);
});
