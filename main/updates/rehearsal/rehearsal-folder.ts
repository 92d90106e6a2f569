import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyOfFile } from '../../kernel/database/online-copy.ts';
import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import { whileRefused } from '../../kernel/held-file.ts';
import { copyHeads } from '../../ledger/journal/index.ts';
import { VAULT_FILE } from '../../people/index.ts';

/** Only a folder with this in it is rehearsed in, and cleaned up: somebody may name the real one. */
const MARK = 'made-for-a-rehearsal';

/** Where the copy of the heads lies that a till keeps outside its folder. */
export const rehearsedHeads = (folder: string): string => join(folder, 'heads');

export const isMadeForRehearsal = (folder: string): boolean =>
  existsSync(join(folder, MARK)) && !existsSync(join(folder, 'till.lock'));

export interface RealTill {
  /** The data folder. */
  readonly folder: string;
  readonly headCopyFolder: string;
}

/**
 * Copies what a program needs to prove the live till's records: the database as it is at one moment, beside a till that
 * works on it if need be; the heads of the journal; the secrets as the keyring has sealed them, so that no plain key is
 * written. The heads come first: a database may be ahead of its heads, never behind.
 */
export async function copyForRehearsal({ folder, headCopyFolder }: RealTill, to: string): Promise<void> {
  await mkdir(liveFolder(to), { recursive: true, mode: 0o700 });
  await writeFile(join(to, MARK), '', { mode: 0o600 });
  const live = databaseFile(liveFolder(folder));
  if (!existsSync(live)) return;
  const heads = join(rehearsedHeads(to), 'live');
  await mkdir(heads, { recursive: true, mode: 0o700 });
  await copyHeads(liveFolder(folder), liveFolder(to));
  await copyHeads(join(headCopyFolder, 'live'), heads);
  const vault = join(liveFolder(folder), VAULT_FILE);
  if (existsSync(vault)) await whileRefused(() => copyFile(vault, join(liveFolder(to), VAULT_FILE)));
  await copyOfFile(live, databaseFile(liveFolder(to)));
}
