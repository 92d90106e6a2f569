import { contextBridge, ipcRenderer } from 'electron';
import type { CustomerShown } from './contract/paper/customer.ts';
import { CUSTOMER_CHANNEL, type CustomerBridge } from './contract/paper/customer-door.ts';

// It hears and cannot ask: who stands before this display is a stranger.
const bridge: CustomerBridge = {
  onShown: (listener) => {
    ipcRenderer.on(CUSTOMER_CHANNEL, (_event: unknown, shown: CustomerShown) => listener(shown));
  },
};

contextBridge.exposeInMainWorld('customer', bridge);
