import type { Page } from 'playwright-core';
import type { OpenApp } from './electron-app.ts';
import { words } from './electron-till.ts';

/** As the window's own close button; pressed once this has been answered, since the program may end with it. */
export const pressClose = ({ app }: OpenApp) =>
  app.evaluate(({ BrowserWindow }) => {
    setImmediate(() => BrowserWindow.getAllWindows()[0]?.close());
  });

/** Whether to close while something is unsent. */
export const closingQuestion = (page: Page) => page.getByRole('dialog', { name: words('closing.title') });
