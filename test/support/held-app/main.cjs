// Starts the built app, which is held back until the test is attached to it. A window that is made
// while Playwright attaches can leave it waiting for ever; Playwright's own holder of this kind also
// takes the keyring away, and is not used where an executable is named.
const { join, resolve } = require('node:path');
const { app } = require('electron');

const root = resolve(__dirname, '../../..');
const manifest = require(join(root, 'package.json'));

process.env.COUNTERFOIL_HELD = '1';
const ahead = process.env.COUNTERFOIL_AHEAD_MS;
if (ahead !== undefined) require('./clock.cjs').holdClock(Number(ahead));
const ready = app.whenReady();
const attached = new Promise((attach) => {
  globalThis.__playwright_run = () => attach();
});
app.whenReady = async () => {
  await attached;
  return ready;
};
// A test may limit how far files grow, as a full disk would: a write then fails instead of killing us.
if (process.platform !== 'win32') process.on('SIGXFSZ', () => undefined);
app.setAppPath(root);
app.setName(manifest.productName);
app.setVersion(manifest.version);
require(join(root, manifest.main));
