import type { OpenApp } from './electron-app.ts';

export const zoomPercent = ({ app }: OpenApp) =>
  app.evaluate(({ BrowserWindow }) =>
    Math.round(100 * (BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor() ?? 0)),
  );

/** A key as the system gives it to the window: Playwright's own keys begin in the page. */
export const press = ({ app }: OpenApp, keyCode: string, ...modifiers: 'control'[]) =>
  app.evaluate(
    ({ BrowserWindow }, key) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.sendInputEvent({ type: 'keyDown', ...key });
      contents?.sendInputEvent({ type: 'keyUp', ...key });
    },
    { keyCode, modifiers },
  );
