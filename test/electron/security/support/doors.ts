import { type Patch, patch } from '../../../security/support/patch.ts';

const window = 'main/electron/window.ts';

/** Lets one window out of the sandbox, which would hide what else it may do. */
export const outOfTheSandbox: readonly Patch[] = [
  patch(window, 'sandbox: true', 'sandbox: false'),
  patch(
    'main/electron/start-guard.ts',
    "if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();",
    '',
  ),
];

export const notIsolated: readonly Patch[] = [
  patch(window, 'contextIsolation: true', 'contextIsolation: false'),
  patch(
    'preload/index.ts',
    "contextBridge.exposeInMainWorld('till', {",
    '((name: string, api: object) => Object.assign(globalThis, { [name]: api }))("till", {',
  ),
];

/** The preload runs in frames too, and lets raw messages through: what a broken renderer could send. */
export const rawMessages: readonly Patch[] = [
  patch(window, 'nodeIntegrationInSubFrames: false', 'nodeIntegrationInSubFrames: true'),
  patch(
    'preload/index.ts',
    '  onSnapshot,\n});',
    '  onSnapshot,\n  raw: (message: unknown) => ipcRenderer.invoke(CALL_CHANNEL, message),\n});',
  ),
];

/** The session's last barrier to the network, gone. */
export const noProxy: Patch = patch(
  'main/electron/session-policy.ts',
  'void session.setProxy(nowhere);',
  'void nowhere;',
);
