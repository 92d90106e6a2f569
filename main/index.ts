import { join, resolve } from 'node:path';
import * as electron from 'electron';
import icon from '../build/icon.png?asset';
import { createVault } from './credentials/vault.ts';
import { allSaid } from './electron/all-said.ts';
import { dataHome } from './electron/data-home.ts';
import { letDebuggerAttach } from './electron/debugger-grace.ts';
import { registerAppScheme } from './electron/protocol.ts';
import { runCommand } from './electron/run-command.ts';
import { dryRun, runProvisioning, runTill } from './electron/run-till.ts';
import { runTrial } from './electron/run-trial.ts';
import { createSafeStorageSecretStore } from './electron/secret-store.ts';
import { claimSingleInstance, focusWindow } from './electron/single-instance.ts';
import { guardStart, isRelease } from './electron/start-guard.ts';
import { createSystemNetwork } from './electron/system-network.ts';
import { diagnoseFor } from './electron/till-support.ts';
import { createUserNotes, noNotes } from './electron/user-notes.ts';
import { headsFolder } from './heads-folder.ts';
import { createFileLogger } from './log/logger.ts';
import { createMachine } from './machine/read-machine.ts';
import { isCommand, readSwitches, switchProblem } from './switches.ts';
import { systemClock, systemRandom } from './system.ts';
import { provisionExit } from './till/provision-report.ts';

const { app } = electron;
const argv = process.argv.slice(1);
const switches = readSwitches(argv);

// Before anything opens: where the data lies, and whether this start is a safe one.
const home = dataHome(process.platform, process.env) ?? app.getPath('appData');
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

/** The program has one window, or none yet. */
function tillWindow(): electron.BrowserWindow | null {
  return electron.BrowserWindow.getAllWindows()[0] ?? null;
}

async function endWith(code: number): Promise<void> {
  await allSaid();
  app.exit(code);
}

function begin(): void {
  // A rehearsal knows of no other data than the copy, and a trial has a profile of its own.
  const other = switches.rehearse ?? switches.trial;
  const folder = other === null ? app.getPath('userData') : resolve(other);
  const command = isCommand(switches);
  // A command reads beside a running till; a second till brings the first to the front, also while that one opens.
  if (!command && !claimSingleInstance(app, () => focusWindow(tillWindow()))) {
    if (switches.noWindow) app.exit(provisionExit.running);
    else app.quit();
    return;
  }
  registerAppScheme(electron.protocol);
  void app
    .whenReady()
    .then(async () => {
      const secrets = createSafeStorageSecretStore(electron.safeStorage);
      const vault = createVault({ folder: join(folder, 'live'), secrets, random: systemRandom });
      // Beside the data folder, not in it: whoever puts an older folder back does not put this back too.
      const heads = join(home, 'Counterfoil heads');
      const headCopyFolder = headsFolder(heads, folder, { mayMove: !command });
      const machine = createMachine();
      const release = isRelease({ packaged: app.isPackaged, name: app.getName(), version: app.getVersion() });
      const world = { folder, headCopyFolder, clock: systemClock, random: systemRandom, vault, machine };
      // What is only a command speaks to no host, and tells of the way there at most.
      const network = createSystemNetwork(electron, release);
      const notes = switches.userDataDir === null ? createUserNotes() : noNotes;
      if (switches.provision !== null && switches.dryRun) {
        const parts = { notes, keyringProblem: secrets.problem };
        return endWith(await dryRun(world, switches.provision, parts));
      }
      const paths = {
        preload: join(__dirname, '../preload/index.cjs'),
        renderer: join(__dirname, '../renderer'),
        licences: join(__dirname, '../licences.txt'),
        integrityWorker: join(__dirname, 'integrity-worker.cjs'),
        recordsWorker: join(__dirname, 'records-worker.cjs'),
        icon,
      };
      if (switches.trial !== null) return endWith(await runTrial(world, { electron, release, paths }));
      if (command) {
        const tell = { electron, network, release, folder, clock: systemClock, vault };
        const diagnose = (verification: object) => diagnoseFor(tell, { shown: null, verification });
        const { recordsWorker } = paths;
        const of = { ...world, diagnose, recordsWorker, version: app.getVersion() };
        return endWith(await runCommand(of, switches));
      }
      const logger = createFileLogger({ folder: join(folder, 'logs') });
      if (switches.provision !== null && switches.noWindow) {
        const how = { notes, appVersion: app.getVersion() };
        return endWith(await runProvisioning({ ...world, network, logger }, switches.provision, how));
      }
      if (!release) await letDebuggerAttach(app.commandLine, process.env);
      await runTill(
        { ...world, network, logger },
        {
          ...{ electron, release, paths, provision: switches.provision, kiosk: switches.kiosk },
          notes,
          args: switches.userDataDir === null ? [] : [`--user-data-dir=${folder}`],
        },
      );
    })
    .catch((thrown: unknown) => {
      // Nothing can be shown any more: whoever started it must at least learn that it ended.
      say(`${app.getName()} cannot start: ${thrown instanceof Error ? thrown.message : 'unknown'}`);
      return endWith(1);
    });
}
