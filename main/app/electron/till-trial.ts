import type * as Electron from 'electron';
import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import { type BackupWorld, backUpClosed } from '../../safety/index.ts';
import { plainVersion } from '../../updates/index.ts';
import { createRehearsal, createTryOut, runWith, type TillLock } from '../../updates/trial/index.ts';
import type { TillUpdatesParts } from './till-updates.ts';

export interface TillTrialParts {
  readonly electron: typeof Electron;
  /** The data folder. */
  readonly folder: string;
  readonly headCopyFolder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly backups: BackupWorld;
  readonly lock: TillLock;
  /** A live till that is open backs itself up. */
  readonly isLiveOpen: () => boolean;
}

/**
 * How a new version is let at a copy of the till's data, and then at the data, before it takes this one's place. In between what
 * no open till backs up is backed up.
 */
export function composeTrial(parts: TillTrialParts): Pick<TillUpdatesParts, 'beforeInstall' | 'tryOut'> {
  const { electron, folder, clock, backups, isLiveOpen } = parts;
  const trying = {
    ...parts,
    version: plainVersion(electron.app.getVersion()),
    free: backups.disk.free,
    // The same keyring as this program's, where it was told one.
    args: process.argv.filter((argument) => argument.startsWith('--password-store=')),
    run: runWith({ clock }),
  };
  const rehearsal = createRehearsal(trying);
  return {
    beforeInstall: async (offer, prepared) => {
      const rehearsed = await rehearsal(offer, prepared);
      if (!rehearsed.ok || isLiveOpen()) return rehearsed;
      return backUpClosed({ ...backups, databaseFile: databaseFile(liveFolder(folder)), clock });
    },
    tryOut: createTryOut(trying),
  };
}
