import './bytecode.ts';
import { join, resolve } from 'node:path';
import * as electron from 'electron';
import icon from '../build/icon.png?asset';
import { dataHome } from './app/electron/data-home.ts';
import { letDebuggerAttach } from './app/electron/debugger-grace.ts';
import { flushOutput } from './app/electron/flush-output.ts';
import { createFront, type Front } from './app/electron/front.ts';
import { withoutMenu } from './app/electron/menu.ts';
import { registerAppScheme } from './app/electron/protocol.ts';
import { claimSingleInstance, focusWindow } from './app/electron/single-instance.ts';
import { guardStart, isRelease } from './app/electron/start-guard.ts';
import { provisionExit } from './app/provision-report.ts';
import { isCommand, readSwitches, switchProblem } from './app/switches.ts';
import { PRODUCT } from './updates/index.ts';

const { app } = electron;
const argv = process.argv.slice(1);
const switches = readSwitches(argv);

// Before anything opens: where the data lies, and whether this start is a safe one.
const home = dataHome(process.platform, process.env) ?? app.getPath('appData');
// Windows puts the windows of all versions, and their links, under one button by this.
if (process.platform === 'win32') app.setAppUserModelId(PRODUCT);
app.setPath('userData', resolve(switches.userDataDir ?? join(home, app.getName())));
const say = (words: string): void => void process.stderr.write(`${words}\n`);
const misused = switchProblem(argv);
if (misused !== null) {
  say(misused);
  app.exit(2);
} else if (
  guardStart(app, {
    argv,
    env: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    say,
  })
)
  begin();

/** The one window that a person works in, or none yet; the customer's display takes no focus. */
function tillWindow(): electron.BrowserWindow | null {
  return electron.BrowserWindow.getAllWindows().find((window) => window.isFocusable()) ?? null;
}

async function endWith(code: number): Promise<void> {
  await flushOutput();
  app.exit(code);
}

function begin(): void {
  // A rehearsal knows of no other data than the copy, and a trial has a profile of its own.
  const other = switches.rehearse ?? switches.trial;
  const folder = other === null ? app.getPath('userData') : resolve(other);
  const command = isCommand(switches);
  let front: Front | null = null;
  const second = (started: readonly string[]) =>
    readSwitches(started).quit ? front?.askedToQuit() : focusWindow(tillWindow());
  // A command reads beside a running till; a second till brings the first to the front, also while that one opens.
  if (!command && !claimSingleInstance(app, second)) {
    if (switches.noWindow) app.exit(provisionExit.running);
    else app.quit();
    return;
  }
  // Nobody is there who could be asked to end.
  if (switches.quit) {
    app.exit(0);
    return;
  }
  registerAppScheme(electron.protocol);
  withoutMenu(electron.Menu);
  const release = isRelease({ packaged: app.isPackaged, name: app.getName(), version: app.getVersion() });
  const paths = {
    preload: join(__dirname, '../preload/index.cjs'),
    customerPreload: join(__dirname, '../preload/customer.cjs'),
    renderer: join(__dirname, '../renderer'),
    licences: join(__dirname, '../licences.txt'),
    integrityWorker: join(__dirname, 'integrity-worker.cjs'),
    recordsWorker: join(__dirname, 'records-worker.cjs'),
    icon,
  };
  const isTill = !command && !switches.noWindow;
  void app
    .whenReady()
    .then(async () => {
      if (isTill && !release) await letDebuggerAttach(app.commandLine, process.env);
      if (isTill) front = createFront({ electron, release, paths, folder, kiosk: switches.kiosk });
      // What is installed is whole, with the PIN of its file, before anybody sees it. Whether the page came is seen to
      // by whoever opens the till.
      const opened = switches.provision === null ? front?.window.open().catch(() => undefined) : undefined;
      // Only now, while the page's own process starts: all the rest of the program.
      if (opened !== undefined) await Promise.race([front?.loading.hasDocument, opened]);
      const { start } = await import('./app/electron/start.ts');
      const code = await start({ electron, switches, home, folder, command, release, paths, front });
      if (code !== null) await endWith(code);
    })
    .catch((thrown: unknown) => {
      // Nothing can be shown any more: whoever started it must at least learn that it ended.
      say(`${app.getName()} cannot start: ${thrown instanceof Error ? thrown.message : 'unknown'}`);
      return endWith(1);
    });
}
