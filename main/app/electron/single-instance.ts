import type { App, BrowserWindow } from 'electron';

/**
 * True for the first program on this data folder, which is called back when another starts. A later one gets false and
 * must quit at once.
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
