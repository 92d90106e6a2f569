import { join } from 'node:path';
import type * as Electron from 'electron';
import { systemClock, systemRandom } from '../../kernel/system.ts';
import { createVault } from '../../people/index.ts';
import { createMachine } from '../../safety/index.ts';
import { plainVersion } from '../../updates/index.ts';
import { headsFolder } from '../heads-folder.ts';
import { createFileLogger } from '../log/logger.ts';
import { loadItPolicy, policyPlace } from '../support/policy-file.ts';
import type { Switches } from '../switches.ts';
import type { Front } from './front.ts';
import { runCommand } from './run-command.ts';
import { printAnswer, rehearseHere, runProve } from './run-rehearsal.ts';
import { dryRun, runProvisioning, runTill, type Shell } from './run-till.ts';
import { runTrial } from './run-trial.ts';
import { createSafeStorageSecretStore } from './secret-store.ts';
import { createSystemNetwork } from './system-network.ts';
import { diagnoseFor } from './till-support.ts';
import { createUserNotes, noNotes } from './user-notes.ts';

export interface Started {
  readonly electron: typeof Electron;
  readonly switches: Switches;
  readonly home: string;
  readonly folder: string;
  /** A command, which opens no till. */
  readonly command: boolean;
  readonly release: boolean;
  readonly paths: Shell['paths'];
  /** Null where the task has no window. */
  readonly front: Front | null;
}

/** Runs the task. Resolves to the exit code; null: a till is open. */
export async function start(started: Started): Promise<number | null> {
  const { electron, switches, home, folder, command, release, paths, front } = started;
  const { app } = electron;
  const secrets = createSafeStorageSecretStore(electron.safeStorage);
  const vault = createVault({ folder: join(folder, 'live'), secrets, random: systemRandom });
  // Outside the data folder, so that restoring an older folder leaves it.
  const heads = join(home, 'Counterfoil heads');
  const headCopyFolder = headsFolder(heads, folder);
  const machine = createMachine();
  const itPolicy = () => loadItPolicy(policyPlace(release));
  const world = {
    folder,
    headCopyFolder,
    clock: systemClock,
    random: systemRandom,
    vault,
    machine,
    itPolicy,
  };
  // Commands call no host.
  const network = createSystemNetwork(electron, release);
  const notes = switches.userDataDir === null ? createUserNotes() : noNotes;
  if (switches.provision !== null && switches.dryRun)
    return dryRun(world, switches.provision, { notes, keyringProblem: secrets.problem });
  const version = app.getVersion();
  if (switches.prove) return runProve(world, version);
  // `folder` is the copy's.
  if (switches.rehearse !== null)
    return printAnswer(await rehearseHere({ ...world, version: plainVersion(version) }));
  if (switches.trial !== null) return runTrial(world, { electron, release, paths });
  if (command) {
    const tell = { electron, network, release, folder, clock: systemClock, vault };
    const diagnose = (verification: object) => diagnoseFor(tell, { shown: null, verification });
    const { recordsWorker } = paths;
    return runCommand({ ...world, diagnose, recordsWorker, version }, switches);
  }
  const logger = createFileLogger({ folder: join(folder, 'logs') });
  if (front === null) {
    const how = { notes, appVersion: version };
    return runProvisioning({ ...world, network, logger }, switches.provision ?? '', how);
  }
  await runTill(
    { ...world, network, logger, version: plainVersion(version) },
    {
      electron,
      release,
      paths,
      provision: switches.provision,
      front,
      notes,
      args: switches.userDataDir === null ? [] : [`--user-data-dir=${folder}`],
    },
  );
  return null;
}
