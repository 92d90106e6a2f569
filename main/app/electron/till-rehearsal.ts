import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import { type BackupWorld, backUpClosed } from '../../safety/index.ts';
import type { UpdatesParts } from '../../updates/index.ts';
import { createRehearsal, runWith } from '../../updates/rehearsal/index.ts';

export interface TillRehearsalParts {
  /** The data folder. */
  readonly folder: string;
  readonly headCopyFolder: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly backups: BackupWorld;
  /** A live till that is open backs itself up. */
  readonly isLiveOpen: () => boolean;
}

export const LIMIT_MS = 120_000;

/** The same keyring as this program's, where it was told one. */
export const keyringArgs = (): readonly string[] =>
  process.argv.filter((argument) => argument.startsWith('--password-store='));

/** What comes before the program is replaced: the new one rehearses, and what no open till backs up is backed up. */
export function composeRehearsal(parts: TillRehearsalParts): UpdatesParts['beforeInstall'] {
  const { folder, clock, backups } = parts;
  const rehearsal = createRehearsal({
    ...parts,
    free: backups.disk.free,
    args: keyringArgs(),
    run: runWith({ clock, limitMs: LIMIT_MS }),
  });
  return async (offer, prepared) => {
    const rehearsed = await rehearsal(offer, prepared);
    if (!rehearsed.ok || parts.isLiveOpen()) return rehearsed;
    return backUpClosed({ ...backups, databaseFile: databaseFile(liveFolder(folder)), clock });
  };
}
