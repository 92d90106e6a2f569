import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, WebPreferences } from 'electron';
import { APP_URL } from './app-url.ts';
import { SMALLEST } from './window-place.ts';
import { windowTitle } from './window-title.ts';

export interface WindowOptions {
  /** Absolute, bundled. */
  readonly preloadPath: string;
  /** Absolute; used on Linux, where Windows and macOS have the package's. */
  readonly iconPath: string;
  /** Without developer tools. */
  readonly release: boolean;
  readonly appName: string;
  /** The background colour before the page is loaded. */
  readonly dark: boolean;
  readonly bounds: Rectangle;
  readonly maximised: boolean;
}

/** Sandboxed; a release has no developer tools. */
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

/** The background before the page is loaded. */
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

/** Makes the till's window, shown once it has content; loads nothing yet. */
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

/** Rejects where it cannot be loaded. */
export const loadPage = (window: BrowserWindow): Promise<void> => window.loadURL(APP_URL);
