// Starts the built app, or an empty window that is as shut in, without a driver, and says on a line of its own when the
// page shows what COUNTERFOIL_BENCH_SHOWS names. Then it runs what comes as lines in the page, and answers with lines.
const { join, resolve } = require('node:path');
const { createInterface } = require('node:readline');
const { app, BrowserWindow } = require('electron');

const {
  COUNTERFOIL_BENCH_WINDOW: kind,
  COUNTERFOIL_BENCH_SHOWS: selector,
  COUNTERFOIL_BENCH_PROGRAM: program = resolve(__dirname, '../../..'),
} = process.env;

const tell = (message) => process.stdout.write(`bench ${JSON.stringify(message)}\n`);

/** Resolves with the frame after the one in which it is there. */
const untilShown = `new Promise((done) => {
  const painted = () => requestAnimationFrame(() => setTimeout(done));
  const isThere = () => document.querySelector(${JSON.stringify(selector)}) !== null;
  if (isThere()) return painted();
  const watch = new MutationObserver(() => {
    if (!isThere()) return;
    watch.disconnect();
    painted();
  });
  watch.observe(document, { subtree: true, childList: true });
})`;

async function serve(contents) {
  await contents.executeJavaScript(untilShown);
  tell({ shown: true });
  for await (const line of createInterface({ input: process.stdin })) {
    tell({ answer: await contents.executeJavaScript(line) });
  }
}

app.on('browser-window-created', (_, window) => {
  window.webContents.once('dom-ready', () => void serve(window.webContents));
});

if (kind === 'empty') {
  const folder = process.argv.find((arg) => arg.startsWith('--user-data-dir='))?.split('=')[1];
  if (folder) app.setPath('userData', folder);
  void app.whenReady().then(() => {
    const window = new BrowserWindow({
      ...{ width: 1280, height: 800, show: false },
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
    });
    window.once('ready-to-show', () => window.show());
    void window.loadFile(join(__dirname, 'empty.html'));
  });
} else {
  const manifest = require(join(program, 'package.json'));
  app.setAppPath(program);
  app.setName(manifest.productName);
  app.setVersion(manifest.version);
  require(join(program, manifest.substituteFor ?? manifest.main));
}
