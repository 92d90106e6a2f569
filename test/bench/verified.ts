import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { verifyCommand } from '../../main/app/commands.ts';
import { PRACTICE_KEY, practiceSecrets } from '../../main/app/open-session.ts';
import { kybio as hostProtocol } from '../../main/hosts/kybio/kybio.ts';
import { openDatabaseReadOnly } from '../../main/kernel/database/open.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { databaseFile, liveFolder, practiceFolder } from '../../main/kernel/folders.ts';
import { realClock, realRandom } from '../kit/practice-store.ts';
import type { LiveSecrets } from './row.ts';

export function practiceKeys(file: string): LiveSecrets {
  const opened = openDatabaseReadOnly(file);
  if (!opened.ok) throw new Error(opened.error.code);
  const appKey = createSettings(opened.value).get(PRACTICE_KEY) ?? '';
  opened.value.close();
  return practiceSecrets(appKey);
}

/** What `--verify` says of a data folder: in words what is wrong, empty where all is well. */
export function problemsOf(folder: string, live: LiveSecrets | null): readonly string[] {
  const mode = live === null ? 'practice' : 'live';
  const file = databaseFile(live === null ? practiceFolder(folder) : liveFolder(folder));
  if (!existsSync(file)) return [`nothing in ${folder}`];
  const { appKey, journalKey: key } = live ?? practiceKeys(file);
  const headsAt = { key, slotFolder: dirname(file), copyFolder: join(folder, 'copy', mode) };
  const parts = { file, clock: realClock, random: realRandom, protocol: hostProtocol };
  const { ok, problems, entries } = verifyCommand(parts, appKey, headsAt);
  return ok && entries > 0 ? [] : [...problems, `${entries} entries`];
}
