import { contextBridge, ipcRenderer } from 'electron';
import { bridgeMethod, CALL_CHANNEL, type CallMessage, CHANGES_CHANNEL } from './contract/app/bridge.ts';
import type { ChannelName } from './contract/app/channels.ts';
import type { Changes } from './contract/app/topics.ts';

/** Put in by the build from the contract: the preload has the names without the schemas, and so carries no zod. */
declare const CHANNEL_NAMES: readonly ChannelName[];

// One named function a channel. Neither ipcRenderer nor an event object gets through: an event would
// bring its sender along.
const call = (channel: ChannelName) => (args: unknown) =>
  ipcRenderer.invoke(CALL_CHANNEL, { channel, args } satisfies CallMessage);

const onChanges = (listener: (changes: Changes) => void) => {
  const heard = (_event: unknown, changes: Changes) => listener(changes);
  ipcRenderer.on(CHANGES_CHANNEL, heard);
  return () => {
    ipcRenderer.removeListener(CHANGES_CHANNEL, heard);
  };
};

contextBridge.exposeInMainWorld('till', {
  ...Object.fromEntries(CHANNEL_NAMES.map((channel) => [bridgeMethod(channel), call(channel)])),
  onChanges,
});
