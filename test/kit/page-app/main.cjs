// A window with nothing in it and no main process behind it: a test brings both the page and what answers it.
const { app, BrowserWindow } = require('electron');

// A window that is made while Playwright attaches can leave it waiting for ever.
const attached = new Promise((attach) => {
  globalThis.__playwright_run = () => attach();
});
void Promise.all([app.whenReady(), attached]).then(() => {
  const window = new BrowserWindow({ width: 1280, height: 820, webPreferences: { sandbox: true } });
  return window.loadURL('about:blank');
});
