import type * as Electron from 'electron';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import type { BackupWorld } from '../../safety/index.ts';
import { plainVersion } from '../../updates/index.ts';
import { runWith } from '../../updates/rehearsal/index.ts';
import { createTryOut, type TillLock } from '../../updates/trial/index.ts';
import { keyringArgs, LIMIT_MS } from './till-rehearsal.ts';

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
}

/** How a new version is let at the till's data before it takes this one's place. */
export function composeTrial(parts: TillTrialParts): ReturnType<typeof createTryOut> {
  const { electron, clock, backups } = parts;
  return createTryOut({
    ...parts,
    version: plainVersion(electron.app.getVersion()),
    free: backups.disk.free,
    args: keyringArgs(),
    run: runWith({ clock, limitMs: LIMIT_MS }),
  });
}
