import type {
  App,
  BrowserWindow,
  CrashReporter,
  IpcMain,
  SafeStorage,
  WebContents,
  WebPreferences,
} from 'electron';
import type { AnyChange } from '../../../faults/plant.ts';

// What the app asks Electron to keep shut is left open, at Electron's own API and by name: our sources stay as they are.
// A rule of our own (which channel, which address, which path) has no such place, and a switch to turn it off would be
// a way in: those controls change its text.

/** Electron as a door finds it in the main process, before the app asks anything of it. */
interface Unlocked {
  readonly app: App;
  readonly ipcMain: IpcMain;
  readonly crashReporter: CrashReporter;
  readonly safeStorage: SafeStorage;
  readonly BrowserWindow: typeof BrowserWindow;
  /** Over those that the app asks for, for each window that it opens. */
  readonly preferences: WebPreferences;
}

/** Something that is opened before the app starts; `open` runs there and knows nothing of this file. */
export interface Door {
  readonly open: string;
}

/** What a build lacks: a protection that Electron gives, or a rule of ours. */
export type Undone = AnyChange | Door;

export const isDoor = (undone: Undone): undone is Door => 'open' in undone;

const door = <Given>(open: (electron: Unlocked, given: Given) => void, given: Given): Door => ({
  open: `(${String(open)})(electron, ${JSON.stringify(given ?? null)});`,
});

/** The windows that the app opens have these preferences, whatever it asks for. */
export const windowWith = (preferences: Readonly<WebPreferences>): Door =>
  door((electron, given) => void Object.assign(electron.preferences, given), preferences);

type Event = 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview';

/** The app does not hear these events of a page; a check may. */
export const unheard = (...events: readonly Event[]): Door =>
  door(({ app }, given) => {
    app.on('web-contents-created', (_event, contents: WebContents) => {
      const left = new Set<string>(given);
      const hear = contents.on.bind(contents) as (name: string, listener: () => void) => WebContents;
      contents.on = ((name: string, listener: () => void) =>
        // Whoever asks first is the app.
        left.delete(name) ? contents : hear(name, listener)) as typeof contents.on;
    });
  }, events);

export const windowsMayOpen: Door = door(({ app }) => {
  app.on('web-contents-created', (_event, contents) => {
    const decide = contents.setWindowOpenHandler.bind(contents);
    contents.setWindowOpenHandler = () => decide(() => ({ action: 'allow' }));
  });
}, null);

/** No renderer is put into the sandbox for all. */
export const withoutSandboxForAll: Door = door(({ app }) => {
  app.enableSandbox = () => undefined;
}, null);

/** Lets one window out of the sandbox, which would hide what else it may do. */
export const outOfTheSandbox: readonly Door[] = [windowWith({ sandbox: false }), withoutSandboxForAll];

/** The session's last barrier to the network, gone. */
export const noProxy: Door = door(({ app }) => {
  app.on('session-created', (session) => {
    Object.getPrototypeOf(session).setProxy = async () => undefined;
  });
}, null);

/** No request is cancelled. */
export const requestsPass: Door = door(({ app }) => {
  app.on('session-created', ({ webRequest }) => {
    webRequest.onBeforeRequest = () => undefined;
  });
}, null);

/** Whoever asks for a permission is given it, and nobody says beforehand that there is none. */
export const permissionsGranted: Door = door(({ app }) => {
  app.on('session-created', (session) => {
    const of = Object.getPrototypeOf(session);
    const { setPermissionRequestHandler: decide } = of;
    of.setPermissionCheckHandler = () => undefined;
    of.setPermissionRequestHandler = function granting() {
      decide.call(this, (_contents: unknown, _permission: unknown, answer: (is: boolean) => void) =>
        answer(true),
      );
    };
  });
}, null);

/** The page is loaded from its file. */
export const pageIsAFile: Door = door(({ app, BrowserWindow: Window }) => {
  Window.prototype.loadURL = function asFile(this: BrowserWindow) {
    return this.loadFile(`${app.getAppPath()}/out/renderer/index.html`);
  };
}, null);

/** What is sealed is not. */
export const nothingSealed: Door = door(({ safeStorage }) => {
  Object.assign(safeStorage, {
    encryptStringAsync: async (text: string) => Buffer.from(text),
    decryptStringAsync: async (bytes: Buffer) => ({ shouldReEncrypt: false, result: String(bytes) }),
  });
}, null);

/** Chromium's public password is called a keyring. */
export const plainTextCalledKeyring: Door = door(({ safeStorage }) => {
  Object.assign(safeStorage, { getSelectedStorageBackend: () => 'gnome_libsecret' });
}, null);

/** What a page says and is told is written down in the main process; nothing is changed. */
export const messagesKept: Door = door(({ app, ipcMain }) => {
  const kept: unknown[] = [];
  Object.assign(globalThis, { keptMessages: kept });
  const handle = ipcMain.handle.bind(ipcMain);
  ipcMain.handle = (channel, answer) =>
    handle(channel, async (event, asked, ...rest) => {
      const told: unknown = await answer(event, asked, ...rest);
      kept.push({ asked, told });
      return told;
    });
  app.on('web-contents-created', (_event, contents) => {
    const send = contents.send.bind(contents);
    contents.send = (channel, ...told) => {
      kept.push({ told });
      send(channel, ...told);
    };
  });
}, null);

/** Whatever crashes leaves a picture of its memory behind. */
export const dumpsWritten: Door = door(({ crashReporter }) => {
  crashReporter.start({ uploadToServer: false });
}, null);
