import type { App, BrowserWindow } from 'electron';

/**
 * True for the first copy of the program on this data folder. A later copy gets false and must quit at
 * once; the first is called back with how that was started, so that it can come to the front.
 */
export function claimSingleInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  onSecondCopy: (argv: readonly string[]) => void,
): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', (_, argv) => onSecondCopy(argv));
  return true;
}

export function focusWindow(window: BrowserWindow | null): void {
  if (window === null || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
