import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { isDataMissing } from '../../../main/app/data-missing.ts';
import { backupFolder, databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { unsealFile } from '../../../main/kernel/sealing/sealed-file.ts';
import { readBackupName } from '../../../main/safety/backups/backup-name.ts';
import { checkFile } from '../../../main/safety/integrity/integrity-repository.ts';
import { OPEN_ENTRIES_FILE, readOpenEntries } from '../../../main/safety/open-entries/open-entries.ts';
import { readRestored } from '../../../main/safety/restored.ts';
import {
  type Act,
  bringAgain,
  dataOf,
  isThere,
  journalKey,
  keyFor,
  moveStickOf,
  newestIn,
  openIn,
  otherOf,
  otherVault,
  passphrase,
  placeOf,
  putBack,
  type Scene,
  stickOf,
} from './care.ts';

/** What each entry of the scene is known by; the last one was made after the newest backup. */
export interface Entries {
  readonly inBackup: readonly string[];
  readonly after: string;
}

/** The ids of a database's entries, read beside whoever has it open; nothing where it cannot be read. */
function idsIn(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare('SELECT id FROM increment ORDER BY sequence').pluck().all() as string[];
  } finally {
    db.close();
  }
}

const isWhole = (file: string): boolean => {
  const found = checkFile(file, journalKey);
  return found.ok && found.value.chain === 'whole';
};

const missing = (what: string, wanted: readonly string[], found: readonly string[]): string[] =>
  wanted.filter((id) => !found.includes(id)).map((id) => `lost: ${what} has no ${id}`);

/** Opens as a till does, with these entries at least. */
async function opensWith(
  scene: Scene,
  data: string,
  wanted: readonly string[],
  vault = undefined as Parameters<typeof openIn>[2],
) {
  const session = await openIn(scene, data, vault);
  if (typeof session === 'string') return [`does not start: ${session}`];
  const problems = wanted.filter((id) => session.ledger.outbox.byId(id) === null).map((id) => `lost: ${id}`);
  if (session.journalProblem === 'broken') problems.push('its journal is broken');
  await session.close(0);
  return problems;
}

const backupsNamed = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => readBackupName(name) !== null);

/** Every file that has the name of a backup is one. */
async function judgeBackups(scene: Scene, { inBackup }: Entries): Promise<string[]> {
  const problems: string[] = [];
  const here = backupFolder(dataOf(scene));
  if (backupsNamed(here).length === 0) problems.push('lost: the backup before');
  for (const name of backupsNamed(here)) {
    if (!isWhole(join(here, name))) problems.push(`no whole backup: ${name}`);
    else problems.push(...missing(name, inBackup, idsIn(join(here, name))));
  }
  const there = placeOf(scene);
  if (backupsNamed(there).length === 0) problems.push('lost: the sealed one before');
  const opened = join(scene.work, '..', 'judged.db');
  for (const name of backupsNamed(there)) {
    const unsealed = await unsealFile(join(there, name), opened, keyFor);
    if (!unsealed.ok || !isWhole(opened)) problems.push(`no whole sealed backup: ${name}`);
  }
  return problems;
}

/** Once there is room, or at the next start, it lists all that is open. */
async function judgeOpenEntries(scene: Scene): Promise<string[]> {
  const session = await openIn(scene, dataOf(scene));
  if (typeof session === 'string') return [`does not start: ${session}`];
  await session.safety.openEntries?.catchUp();
  const problem = session.safety.openEntries?.problem();
  const open = session.ledger.outbox.open().map(({ id }) => id);
  await session.close(0);
  if (problem) return [`the open entries stay behind: ${problem.code}`];
  const listed = await readOpenEntries(join(placeOf(scene), OPEN_ENTRIES_FILE), passphrase);
  if (!listed.ok) return [`lost: the open entries, ${listed.error.code}`];
  const ids = listed.value.map(({ id }) => id);
  return missing('the list of open entries', open, ids);
}

/** The old data as it was, or the backup's with a mark that says so; where neither is, a person is told and does it again. */
async function judgeRestore(scene: Scene, { inBackup, after }: Entries): Promise<string[]> {
  const data = dataOf(scene);
  const live = liveFolder(data);
  const problems: string[] = [];
  const aside = readdirSync(live).filter((name) => name.startsWith('set-aside-'));
  const everywhere = [live, ...aside.map((name) => join(live, name))].flatMap((at) =>
    idsIn(databaseFile(at)),
  );
  problems.push(...missing('all that lies there', [...inBackup, after], everywhere));
  if (!isThere(data)) {
    if (!isDataMissing(data, join(data, 'copy'))) problems.push('nobody is told that its data is gone');
    const again = await putBack(scene, data, { file: newestIn(backupFolder(data)) });
    if (!again.ok) return [...problems, `cannot be put back again: ${again.error.code}`];
  }
  const isOld = idsIn(databaseFile(live)).includes(after);
  if (!isOld && readRestored(live) === null) problems.push('an older database that nobody is told of');
  return [...problems, ...(await opensWith(scene, data, isOld ? [...inBackup, after] : inBackup))];
}

/** Never both able to send; and where neither has it, the newest backup brings all of it back. */
async function judgeMove(scene: Scene, { inBackup, after }: Entries): Promise<string[]> {
  const data = dataOf(scene);
  const all = [...inBackup, after];
  const problems = missing('the old till', all, idsIn(databaseFile(liveFolder(data))));
  const files = backupsNamed(stickOf(scene));
  const opened = join(scene.work, '..', 'judged.db');
  for (const name of files) {
    const unsealed = await unsealFile(join(stickOf(scene), name), opened, keyFor, () => undefined);
    if (!unsealed.ok || !isWhole(opened)) problems.push(`no whole file of a move: ${name}`);
    else problems.push(...missing(name, all, idsIn(opened)));
  }
  const session = await openIn(scene, data);
  if (typeof session !== 'string') {
    if (files.length > 0) problems.push('applied 2 times: both may send');
    problems.push(...all.filter((id) => session.ledger.outbox.byId(id) === null).map((id) => `lost: ${id}`));
    await session.close(0);
    return problems;
  }
  if (session !== 'till-retired') return [...problems, `does not start: ${session}`];
  if (files.length > 0) return problems;
  const done = await putBack(scene, data, { file: newestIn(backupFolder(data)), otherMachine: true });
  if (!done.ok) return [...problems, `neither has it: ${done.error.code}`];
  return [...problems, ...(await opensWith(scene, data, all))];
}

/** The other computer has none of it yet, or all of it; and the file can be taken once more. */
async function judgeBring(scene: Scene, { inBackup, after }: Entries): Promise<string[]> {
  const other = otherOf(scene);
  const all = [...inBackup, after];
  const problems: string[] = [];
  if (!existsSync(newestIn(moveStickOf(scene)))) problems.push('lost: the file of the move');
  if (isThere(other) && readRestored(liveFolder(other)) === null) problems.push('there, and nobody is asked');
  if (!isThere(other)) {
    const again = await bringAgain(scene);
    if (again !== 'ok') return [...problems, `cannot be brought again: ${again}`];
  }
  return [...problems, ...(await opensWith(scene, other, all, otherVault(scene)))];
}

/** What is wrong after an act that met a full disk or died. */
export async function judge(scene: Scene, act: Act, entries: Entries): Promise<string[]> {
  const judges: Record<Act, () => Promise<string[]>> = {
    backup: async () => [
      ...(await judgeBackups(scene, entries)),
      ...(await opensWith(scene, dataOf(scene), [...entries.inBackup, entries.after])),
    ],
    'open entries': async () => [
      ...(await opensWith(scene, dataOf(scene), [...entries.inBackup, entries.after])),
      ...(await judgeOpenEntries(scene)),
    ],
    restore: () => judgeRestore(scene, entries),
    move: () => judgeMove(scene, entries),
    bring: () => judgeBring(scene, entries),
  };
  return (await judges[act]()).map((problem) => `${act}: ${problem}`);
}
