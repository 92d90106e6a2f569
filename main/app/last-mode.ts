import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../kernel/atomic-file.ts';
import { whileRefusedSync } from '../kernel/held-file.ts';
import type { Logger, Random } from '../kernel/ports.ts';
import type { Session } from './session.ts';

const modeFile = (folder: string): string => join(folder, 'mode.json');

/** What was open last; null where nothing ever was, or it cannot be read. */
export function lastMode(folder: string): Session['mode'] | null {
  try {
    const text = whileRefusedSync(() => readFileSync(modeFile(folder), 'utf8'));
    return (JSON.parse(text) as { mode?: unknown }).mode === 'practice' ? 'practice' : 'live';
  } catch {
    return null;
  }
}

/** Whether a till was ever open here: told by the file alone, whatever can be read of it. */
export const isModeKept = (folder: string): boolean => existsSync(modeFile(folder));

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
    // Only convenience: the till opens what is set up next time.
    logger.warn('till.mode-not-kept', { error: String(thrown) });
  }
}
