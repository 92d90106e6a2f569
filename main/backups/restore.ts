import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  type AppError,
  appError,
  err,
  MOST_LOST_ENTRIES,
  ok,
  type Restored,
  type Result,
} from '../../preload/contract/index.ts';
import { syncFolder, writeFileAtomically } from '../atomic-file.ts';
import { VAULT_FILE, type Vault } from '../credentials/vault.ts';
import { databaseFile } from '../folders.ts';
import type { Integrity } from '../integrity/integrity.ts';
import type { FileFacts } from '../integrity/integrity-repository.ts';
import type { JournalRow } from '../journal/chain.ts';
import { createHeadSlots, isNewer } from '../journal/head.ts';
import { marksFromText, otherMarks } from '../machine/marks.ts';
import type { HostProtocol } from '../outbox/member-host.ts';
import type { Clock, Logger, Machine, Random } from '../ports.ts';
import { RESTORED_FILE } from '../till/restored.ts';
import { backupFailure } from './backup-failure.ts';
import { lostEntries } from './lost-entries.ts';
import type { MovedSecrets } from './move-file.ts';
import { readOldRows } from './old-rows-repository.ts';

export interface RestoreParts {
  /** The live till's folder, and where the copy of its journal's head lies. */
  readonly liveFolder: string;
  readonly headCopyFolder: string;
  /** Where this till's own backups lie. */
  readonly backupFolder: string;
  readonly vault: Pick<Vault, 'load' | 'save'>;
  readonly machine: Machine | null;
  readonly integrity: Integrity;
  readonly protocol: Pick<HostProtocol, 'readIncrement'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

export interface RestoreWish {
  readonly file: string;
  readonly madeAtMs: number;
  /** What a black box tells that lies beside it; null where there is none. */
  readonly told: readonly JournalRow[] | null;
  /** The keys that a till took along which was moved; null for a backup. */
  readonly secrets: MovedSecrets | null;
  /** A person says that the machine on which the backup was made is not used any more. */
  readonly otherMachine: boolean;
}

type Done = Result<Record<string, never>>;

/**
 * Puts a backup in the place of the live till's database, which nobody has open. What was there is set aside, never
 * deleted. The journal's heads stay as they are: the next start finds the database behind them, and the mark beside it
 * says so too; all that is open then goes to a manager, and nothing is sent by itself.
 *
 * Killed at any moment it leaves the old database, none (the till then says that its data is missing), or the new one.
 *
 * Errors: `backup-damaged`, `backup-newer`, `backup-other-till`, `backup-other-machine`, `backup-no-room`,
 * `backup-place-gone`, `backup-failed`.
 */
export async function restoreBackup(parts: RestoreParts, wish: RestoreWish): Promise<Done> {
  const { liveFolder, random, logger } = parts;
  const part = `${databaseFile(liveFolder)}.restoring`;
  try {
    await mkdir(liveFolder, { recursive: true, mode: 0o700 });
    if (wish.secrets === null) await bringVault(parts);
    await copyFile(wish.file, part);
    await syncFile(part);
    // The copy is looked at, and not the stick that may change meanwhile.
    const key = await keyOf(parts.vault, wish.secrets);
    const found = await parts.integrity.check(part, key);
    const problem = found.ok ? await refusal(parts, found.value, wish) : asRefusal(found.error);
    if (problem !== null || !found.ok) {
      await rm(part, { force: true });
      return err(problem ?? appError('backup-damaged'));
    }
    const kept = await keepSecrets(parts.vault, wish.secrets);
    if (!kept.ok) {
      await rm(part, { force: true });
      return kept;
    }
    const restored = await whatIsLost(parts, wish, found.value, key);
    const mark = join(liveFolder, RESTORED_FILE);
    await writeFileAtomically(mark, `${JSON.stringify(restored)}\n`, random.uuid());
    if (restored.setAside !== null) await setAside(liveFolder, restored.setAside);
    await rename(part, databaseFile(liveFolder));
    await syncFolder(liveFolder);
    logger.warn('backup.restored', { name: basename(wish.file), lostRows: restored.lostRows });
    return ok({});
  } catch (thrown) {
    await rm(part, { force: true }).catch(() => undefined);
    const error = backupFailure(thrown);
    logger.error('backup.not-restored', { code: error.code, ...error.details });
    return err(error);
  }
}

/** Those that are here come first: a till that is at home here is never taken over by the file of another. */
async function keyOf(vault: Pick<Vault, 'load'>, moved: MovedSecrets | null): Promise<Buffer | null> {
  const loaded = await vault.load();
  return loaded.state === 'present' ? loaded.secrets.journalKey : (moved?.journalKey ?? null);
}

/** Before the records: keys without records are a till that is not set up, records without keys one that lost them. */
async function keepSecrets(
  vault: Pick<Vault, 'load' | 'save'>,
  moved: MovedSecrets | null,
): Promise<Result<unknown>> {
  if (moved === null || (await vault.load()).state === 'present') return ok({});
  return vault.save(moved.appKey, moved);
}

/** Why a file is no backup that could be put back. */
export function asRefusal({ code, details }: AppError): AppError {
  if (code === 'database-newer') return appError('backup-newer', details);
  return appError('backup-damaged', { what: details?.['sqlite'] ?? code });
}

/** Whose backup it is. Without the journal's key that cannot be proven: then nothing of it is believed anyway. */
async function refusal(
  { machine }: RestoreParts,
  facts: FileFacts,
  { otherMachine, secrets }: RestoreWish,
): Promise<AppError | null> {
  if (facts.chain === 'other-key') return appError('backup-other-till', { till: facts.till.name });
  const made = facts.machine === null ? null : marksFromText(facts.machine);
  const now = (await machine?.marks()) ?? null;
  const isOther = made !== null && now !== null && otherMarks(made, now).length > 0;
  // A till that was moved was retired where it came from.
  return isOther && !otherMachine && secrets === null
    ? appError('backup-other-machine', { till: facts.till.name })
    : null;
}

/** How far the journal was known to have come, by its heads and by the files that are there. */
async function whatIsLost(
  { liveFolder, headCopyFolder, clock, protocol }: RestoreParts,
  { madeAtMs, told, secrets }: RestoreWish,
  { head }: FileFacts,
  key: Buffer | null,
): Promise<Restored> {
  const file = databaseFile(liveFolder);
  const [near, far] =
    key === null
      ? [null, null]
      : [createHeadSlots(liveFolder, key).read(), createHeadSlots(join(headCopyFolder, 'live'), key).read()];
  const known = isNewer(far, near) ? far : near;
  const last = Math.max(...(await Promise.all([file, `${file}-wal`].map(changedAtMs))));
  const nowMs = clock.nowMs();
  const rows = told ?? readOldRows(file, head.count);
  const lost = lostEntries(rows, head, key, protocol.readIncrement).slice(-MOST_LOST_ENTRIES);
  return {
    backupAtMs: madeAtMs,
    restoredAtMs: nowMs,
    lostRows:
      secrets !== null
        ? 0
        : known === null || known.chain !== head.chain
          ? null
          : Math.max(0, known.count - head.count),
    lostUntilMs: last === 0 ? null : Math.round(last),
    setAside: existsSync(file) || existsSync(`${file}-wal`) ? asideName(liveFolder, nowMs) : null,
    entries: lost.map(({ atMs, memberName, memberNumber, balance, point, state }) => ({
      ...{ atMs, balance, point, state, memberName: memberName.slice(0, 200) },
      memberNumber: memberNumber.slice(-4),
    })),
  };
}

/** Nothing that was set aside before is written over. */
function asideName(liveFolder: string, nowMs: number): string {
  const time = new Date(nowMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  for (let count = 1; ; count += 1) {
    const name = `set-aside-${time}${count === 1 ? '' : `-${count}`}`;
    if (!existsSync(join(liveFolder, name))) return name;
  }
}

async function changedAtMs(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return 0;
  }
}

/**
 * The database first: a log that lies there alone opens nothing, while a database without its log would open as an
 * older one that nobody was told of.
 */
async function setAside(liveFolder: string, name: string): Promise<void> {
  const folder = join(liveFolder, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const ending of ['', '-wal', '-shm']) {
    const file = `${databaseFile(liveFolder)}${ending}`;
    if (existsSync(file)) await rename(file, join(folder, basename(file)));
  }
  await syncFolder(liveFolder);
}

/** Sealed by this computer's keyring: where the folder was lost as a whole, the keys come back with the backup. */
async function bringVault({ liveFolder, backupFolder }: RestoreParts): Promise<void> {
  const [kept, there] = [join(backupFolder, VAULT_FILE), join(liveFolder, VAULT_FILE)];
  if (existsSync(there) || !existsSync(kept)) return;
  await copyFile(kept, there);
  await syncFile(there);
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
