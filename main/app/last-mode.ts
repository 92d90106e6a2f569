import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../kernel/atomic-file.ts';
import { whileRefusedSync } from '../kernel/held-file.ts';
import type { Logger, Random } from '../kernel/ports.ts';
import type { Session } from './session.ts';

const modeFile = (folder: string): string => join(folder, 'mode.json');

/** Null where nothing was open yet, or it cannot be read. */
export function lastMode(folder: string): Session['mode'] | null {
  try {
    const text = whileRefusedSync(() => readFileSync(modeFile(folder), 'utf8'));
    return (JSON.parse(text) as { mode?: unknown }).mode === 'practice' ? 'practice' : 'live';
  } catch {
    return null;
  }
}

/** A till was open here at some time; by the file alone, readable or not. */
export const isModeStored = (folder: string): boolean => existsSync(modeFile(folder));

interface RememberParts {
  readonly folder: string;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
}

export async function rememberMode(
  { folder, random, logger }: RememberParts,
  mode: Session['mode'],
): Promise<void> {
  try {
    await writeFileAtomically(modeFile(folder), `${JSON.stringify({ mode })}\n`, random.uuid());
  } catch (thrown) {
    // A convenience only: the next start opens what is set up.
    logger.warn('till.mode-not-kept', { error: String(thrown) });
  }
}
