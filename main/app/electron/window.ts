import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, WebPreferences } from 'electron';
import { APP_URL } from './app-url.ts';
import { SMALLEST } from './window-place.ts';
import { windowTitle } from './window-title.ts';

export interface WindowOptions {
  /** Absolute path of the bundled preload. */
  readonly preloadPath: string;
  /** Absolute path of the program's picture. Windows and macOS take a package's own, Linux this one. */
  readonly iconPath: string;
  /** A release shows no developer tools. */
  readonly release: boolean;
  readonly appName: string;
  /** Painted until the page is there, so that a dark shop sees no white flash. */
  readonly dark: boolean;
  readonly bounds: Rectangle;
  readonly maximised: boolean;
}

/** Shut in, whatever page it is; a release shows no developer tools. */
export const pagePreferences = (preloadPath: string, release: boolean): WebPreferences => ({
  preload: preloadPath,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false,
  devTools: !release,
});

/** Painted until the page is there. */
export const paper = (dark: boolean): string => (dark ? '#121512' : '#f4f5f2');

export function windowOptions(options: WindowOptions): BrowserWindowConstructorOptions {
  return {
    ...options.bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: options.appName,
    icon: options.iconPath,
    backgroundColor: paper(options.dark),
    autoHideMenuBar: true,
    webPreferences: pagePreferences(options.preloadPath, options.release),
  };
}

/** Makes the till's window, which is shown once it has something to show. Nothing is loaded yet. */
export function makeWindow(Window: typeof BrowserWindow, options: WindowOptions): BrowserWindow {
  const window = new Window(windowOptions(options));
  window.once('ready-to-show', () => {
    if (options.maximised) window.maximize();
    window.show();
  });
  window.on('page-title-updated', (event, title) => {
    event.preventDefault();
    window.setTitle(windowTitle(title, options.appName));
  });
  return window;
}

/** Resolves when the page is loaded; rejects where it cannot be. */
export const loadPage = (window: BrowserWindow): Promise<void> => window.loadURL(APP_URL);
