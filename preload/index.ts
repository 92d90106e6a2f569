import { contextBridge, ipcRenderer } from 'electron';
import { bridgeMethod } from './contract/bridge.ts';
import { CALL_CHANNEL, type CallMessage, channelNames, SNAPSHOT_CHANNEL } from './contract/channel-names.ts';
import type { ChannelName } from './contract/channels.ts';
import type { Snapshot } from './contract/snapshot.ts';

// One named function a channel. Neither ipcRenderer nor an event object gets through: an event would
// bring its sender along.
const call = (channel: ChannelName) => (args: unknown) =>
  ipcRenderer.invoke(CALL_CHANNEL, { channel, args } satisfies CallMessage);

const onSnapshot = (listener: (snapshot: Snapshot) => void) => {
  const heard = (_event: unknown, snapshot: Snapshot) => listener(snapshot);
  ipcRenderer.on(SNAPSHOT_CHANNEL, heard);
  return () => {
    ipcRenderer.removeListener(SNAPSHOT_CHANNEL, heard);
  };
};

contextBridge.exposeInMainWorld('till', {
  ...Object.fromEntries(channelNames.map((channel) => [bridgeMethod(channel), call(channel)])),
  onSnapshot,
});
