import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { APP_URL } from './app-url.ts';

export interface WindowOptions {
  /** Absolute path of the bundled preload. */
  readonly preloadPath: string;
  /** A release shows no developer tools. */
  readonly release: boolean;
  readonly title: string;
  /** Painted until the page is there, so that a dark shop sees no white flash. */
  readonly dark: boolean;
}

export function windowOptions(options: WindowOptions): BrowserWindowConstructorOptions {
  return {
    width: 1280,
    height: 820,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: options.title,
    backgroundColor: options.dark ? '#121512' : '#f4f5f2',
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preloadPath,
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
      devTools: !options.release,
    },
  };
}

/**
 * Opens the till's window and shows it once it has something to show. Resolves when the page is
 * loaded; rejects where it cannot be.
 */
export async function openWindow(
  Window: typeof BrowserWindow,
  options: WindowOptions,
): Promise<BrowserWindow> {
  const window = new Window(windowOptions(options));
  window.once('ready-to-show', () => window.show());
  // The page's title is the same in every language; the window's carries the till's name.
  window.on('page-title-updated', (event) => event.preventDefault());
  await window.loadURL(APP_URL);
  return window;
}
