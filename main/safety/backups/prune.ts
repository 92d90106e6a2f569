import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../kernel/ports.ts';
import { backupsIn } from './take-backup.ts';
import { whichToRemove } from './which-to-keep.ts';

/** The oldest go first; one that cannot be removed is no reason to say that the new one failed. */
export async function prune(folder: string, nowMs: number, logger: Logger): Promise<void> {
  for (const { name } of whichToRemove(await backupsIn(folder), nowMs))
    await rm(join(folder, name), { force: true }).catch((thrown: unknown) =>
      logger.warn('backup.not-removed', { name, error: String(thrown) }),
    );
}
