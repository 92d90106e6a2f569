import type * as Electron from 'electron';
import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import { type BackupWorld, backUpClosed } from '../../safety/index.ts';
import { plainVersion } from '../../updates/index.ts';
import { createRehearsal, createTryOut, runWith, type TillLock } from '../../updates/trial/index.ts';
import type { TillUpdatesParts } from './till-updates.ts';

export interface TillTrialParts {
  readonly electron: typeof Electron;
  readonly folder: string;
  readonly headCopyFolder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly backups: BackupWorld;
  readonly lock: TillLock;
  /** An open live till backs itself up. */
  readonly isLiveOpen: () => boolean;
}

/**
 * Tries a new version on a copy of the till's data, then on the data itself, before it replaces this one. In between
 * the data is backed up where no open till does.
 */
export function composeTrial(parts: TillTrialParts): Pick<TillUpdatesParts, 'beforeInstall' | 'tryOut'> {
  const { electron, folder, clock, backups, isLiveOpen } = parts;
  const trying = {
    ...parts,
    version: plainVersion(electron.app.getVersion()),
    free: backups.disk.free,
    // For the same keyring.
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
