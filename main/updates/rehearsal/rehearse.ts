import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../../preload/contract/index.ts';
import { databaseFailure } from '../../kernel/database/failure.ts';
import { openDatabase } from '../../kernel/database/open.ts';
import type { View } from '../../kernel/database/views.ts';
import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import type { Clock, Random } from '../../kernel/ports.ts';
import type { Vault, VaultSecrets } from '../../people/index.ts';
import type { Answer } from './answer.ts';
import { type PracticeTill, practiceTopUp } from './practice-top-up.ts';
import { isMadeForRehearsal, rehearsedHeads } from './rehearsal-folder.ts';

export interface RehearseParts {
  /** Made by the program that is to be replaced. */
  readonly folder: string;
  /** Of this program. */
  readonly version: string;
  /** Of the copy. */
  readonly vault: Pick<Vault, 'load'>;
  readonly clock: Clock;
  readonly random: Random;
  /** What this program makes of the journal. */
  readonly views: readonly View[];
  /** All that is wrong with a live till's records; without its keys, that they are not at hand. */
  readonly verify: (records: {
    readonly file: string;
    readonly secrets: VaultSecrets | null;
    readonly headCopyFolder: string;
  }) => readonly string[];
  /** Opens a practice store in this data folder, which says when something has changed. */
  readonly openPractice: (
    world: { readonly folder: string; readonly headCopyFolder: string },
    changed: () => void,
  ) => Promise<Result<PracticeTill>>;
}

/** What is told of one entry tells of the others too. */
const MOST_PROBLEMS = 20;

const ROOM_BYTES = 65_536;

/** The copy of the live till's records under this program: migrated, its tables made anew, and all of it verified. */
async function recordsProblems({ folder, vault, views, verify }: RehearseParts): Promise<readonly string[]> {
  const file = databaseFile(liveFolder(folder));
  if (!existsSync(file)) return [];
  const opened = openDatabase(file, views);
  if (!opened.ok) return [`database: ${opened.error.code}`];
  opened.value.close();
  const loaded = await vault.load();
  const secrets = loaded.state === 'present' ? loaded.secrets : null;
  // Keys that are not at hand are a problem: a program that cannot get at them proves nothing.
  return verify({ file, secrets, headCopyFolder: rehearsedHeads(folder) });
}

async function practiceProblems({
  folder,
  clock,
  random,
  openPractice,
}: RehearseParts): Promise<readonly string[]> {
  const problem = await practiceTopUp({
    clock,
    random,
    open: (changed) => openPractice({ folder, headCopyFolder: rehearsedHeads(folder) }, changed),
  });
  return problem === null ? [] : [`practice top-up: ${problem}`];
}

/** What ended it: a disk that is full is told as that. */
function inWords(thrown: unknown): string {
  const failure = databaseFailure(thrown);
  return failure === null ? `it broke off: ${String(thrown).slice(0, 200)}` : `database: ${failure.code}`;
}

/** Where the disk takes nothing any more, that may be all that is wrong. */
async function diskProblems(folder: string): Promise<readonly string[]> {
  try {
    await writeFile(join(folder, 'room'), Buffer.alloc(ROOM_BYTES));
    return [];
  } catch (thrown) {
    return [inWords(thrown)];
  }
}

async function problemsOf(parts: RehearseParts): Promise<readonly string[]> {
  try {
    const found = [...(await recordsProblems(parts)), ...(await practiceProblems(parts))];
    return found.length === 0 ? [] : [...(await diskProblems(parts.folder)), ...found];
  } catch (thrown) {
    return [inWords(thrown)];
  }
}

/**
 * `--rehearse=FOLDER`: this program on a copy of a till's data, before it may take the old one's place. It knows no way
 * to a member host but the practice store's, and takes the folder away when it is done.
 */
export async function rehearse(parts: RehearseParts): Promise<Answer> {
  const { folder, version } = parts;
  if (!isMadeForRehearsal(folder)) {
    return { ok: false, version, problems: ['the folder was not made for a rehearsal; nothing was done'] };
  }
  const problems = await problemsOf(parts);
  // Whoever made it takes it away as well.
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  return { ok: problems.length === 0, version, problems: problems.slice(0, MOST_PROBLEMS) };
}
