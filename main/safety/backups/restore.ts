import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  type AppError,
  appError,
  err,
  type LostEntry,
  MOST_LOST_ENTRIES,
  ok,
  type Restored,
  type Result,
} from '../../../preload/contract/index.ts';
import type { HostProtocol } from '../../hosts/port/index.ts';
import { renameFile, syncFile, syncFolder, writeFileAtomically } from '../../kernel/atomic-file.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import { databaseFile } from '../../kernel/folders.ts';
import { whileRefused } from '../../kernel/held-file.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import { isErasedDigest, MEMBER_ERASED } from '../../ledger/index.ts';
import {
  type ChainHead,
  compareMet,
  createHeadSlots,
  epochOf,
  isNewer,
  type TillLine,
} from '../../ledger/journal/index.ts';
import type { StoredRow } from '../../ledger/tables/index.ts';
import { VAULT_FILE, type Vault } from '../../people/index.ts';
import type { Integrity } from '../integrity/integrity.ts';
import type { FileFacts } from '../integrity/integrity-repository.ts';
import { type Machine, marksFromText, otherMarks } from '../machine/marks.ts';
import {
  MOST_CARRIED,
  PART_NAME,
  RESTORED_FILE,
  type Restoration,
  readRestored,
  restoredText,
} from '../restored.ts';
import { backupFailure } from './backup-failure.ts';
import { isAcknowledged, type Lost, type LostLine, lostEntries } from './lost-entries.ts';
import type { MovedSecrets } from './move-file.ts';
import { idsIn, isUnused, readOldRows, readWhose } from './old-rows-repository.ts';

export interface RestoreParts {
  /** The live till's folder, and that of its checkpoint's copy. */
  readonly liveFolder: string;
  readonly headCopyFolder: string;
  readonly backupFolder: string;
  readonly vault: Pick<Vault, 'load' | 'save' | 'keepMachine'>;
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
  /** What the list beside it had open. */
  readonly open: readonly LostEntry[];
  /** The keys of a moved till; null for a backup. */
  readonly secrets: MovedSecrets | null;
  /** A person confirms that the machine of the backup is not used any more. */
  readonly otherMachine: boolean;
}

type Done = Result<Record<string, never>>;

/**
 * Replaces the live till's database, which nobody has open, by a backup; the old one is moved aside, never deleted.
 * Checkpoints stay: the next start finds the database behind them, as the mark also says, sends everything open to
 * review, and sends nothing by itself. Killed at any moment it leaves the old database, none (`data missing`), or the
 * new one; the mark has no effect before that. After an error the old one is back. Errors: `backup-damaged`,
 * `backup-newer`, `backup-other-till`, `backup-other-machine`, `backup-no-room`, `backup-place-gone`, `file-held`,
 * `backup-failed`.
 */
export async function restoreBackup(parts: RestoreParts, wish: RestoreWish): Promise<Done> {
  const { liveFolder, random, logger } = parts;
  const part = join(liveFolder, `${PART_NAME}${random.uuid()}`);
  let undo = async (): Promise<void> => undefined;
  try {
    await mkdir(liveFolder, { recursive: true, mode: 0o700 });
    if (wish.secrets === null) await bringVault(parts);
    await whileRefused(() => copyFile(wish.file, part));
    await syncFile(part);
    const looked = await checkPart(parts, wish, part);
    if (!looked.ok) {
      await rm(part, { force: true });
      return looked;
    }
    const { restored, erased } = looked.value;
    const mark = join(liveFolder, RESTORED_FILE);
    // An earlier mark that no start has acted on stays in force.
    const inForce = readRestored(liveFolder);
    const isInForce = inForce !== null;
    const here = wayHere(liveFolder, part);
    const ended = [...(inForce?.ended ?? []), ...here.ended].slice(-MOST_CARRIED);
    const open = [...(inForce?.open ?? []), ...here.open].slice(-MOST_CARRIED);
    const putBack = {
      restored,
      ended,
      open,
      erased: [...new Set([...(inForce?.erased ?? []), ...erased])].slice(-MOST_CARRIED),
    };
    const text = restoredText(putBack, { part: isInForce ? null : basename(part) });
    await writeFileAtomically(mark, text, random.uuid());
    undo = async () => {
      await moveAsideBack(liveFolder, restored.setAside);
      if (!isInForce) await rm(mark, { force: true });
    };
    if (restored.setAside !== null) await setAside(liveFolder, restored.setAside);
    await renameFile(part, databaseFile(liveFolder));
    undo = async () => undefined;
    await syncFolder(liveFolder);
    if (wish.secrets !== null) await keepArrival(parts);
    logger.warn('backup.restored', { name: basename(wish.file), lostRows: restored.lostRows });
    return ok({});
  } catch (thrown) {
    const error = backupFailure(thrown);
    logger.error('backup.not-restored', { code: error.code, ...error.details });
    await undo()
      .then(() => rm(part, { force: true }))
      .catch((failed: unknown) => logger.error('backup.not-undone', { error: String(failed) }));
    return err(error);
  }
}

/** Verifies the copy, since a stick may change, and finds what it lacks. */
async function checkPart(
  parts: RestoreParts,
  wish: RestoreWish,
  part: string,
): Promise<Result<Pick<Restoration, 'restored' | 'erased'>>> {
  const key = await keyOf(parts.vault, wish.secrets);
  const found = await parts.integrity.check(part, key);
  if (!found.ok) return err(asRefusal(found.error));
  const problem = await refusal(parts, found.value, wish, part);
  if (problem !== null) return err(problem);
  const kept = await keepSecrets(parts.vault, wish.secrets);
  return kept.ok ? ok(await whatIsLost(parts, wish, found.value, { part, key })) : kept;
}

/** This computer's keys first: another till's file never takes over a till at home here. */
async function keyOf(vault: Pick<Vault, 'load'>, moved: MovedSecrets | null): Promise<Buffer | null> {
  const loaded = await vault.load();
  return loaded.state === 'present' ? loaded.secrets.journalKey : (moved?.journalKey ?? null);
}

/** Before the records: records without keys would count as lost keys, keys without records as a till not set up. */
async function keepSecrets(
  vault: Pick<Vault, 'load' | 'save'>,
  moved: MovedSecrets | null,
): Promise<Result<unknown>> {
  if (moved === null || (await vault.load()).state === 'present') return ok({});
  return vault.save(moved.appKey, moved);
}

/** Beside the keys that the file brought. Without it the first start waits for a manager, as on any other machine. */
async function keepArrival({ machine, vault, logger }: RestoreParts): Promise<void> {
  try {
    const marks = await machine?.marks();
    if (marks !== undefined && Object.keys(marks).length > 0)
      await vault.keepMachine?.(JSON.stringify(marks));
  } catch (thrown) {
    logger.warn('machine.not-kept', { error: String(thrown) });
  }
}

export function asRefusal({ code, details }: AppError): AppError {
  if (code === 'database-newer') return appError('backup-newer', details);
  if (code === 'database-development') return appError('backup-development');
  return appError('backup-damaged', { what: details?.['sqlite'] ?? code });
}

/**
 * Whose backup it is, and whether it belongs on this computer. Where this computer's key cannot prove it, the till's
 * records here may still show another till.
 */
async function refusal(
  { machine, liveFolder, vault }: RestoreParts,
  facts: FileFacts,
  { otherMachine, secrets }: RestoreWish,
  part: string,
): Promise<AppError | null> {
  const till = { till: facts.till.name };
  if (facts.chain === 'other-key') return appError('backup-other-till', till);
  const made = facts.machine === null ? null : marksFromText(facts.machine);
  const now = (await machine?.marks()) ?? null;
  const isOther = made !== null && now !== null && otherMarks(made, now).length > 0;
  // A moved till was retired on its old machine.
  if (isOther && !otherMachine && secrets === null) return appError('backup-other-machine', till);
  const [here, there] = [readWhose(databaseFile(liveFolder)), readWhose(part)];
  // Another computer has continued with this very till, and may still.
  const isCopy = here.line !== null && !here.isRetired && isNewTo(here.line, there.line);
  if (isCopy && !otherMachine) return appError('backup-other-machine', till);
  const isOtherTill = here.firstMac !== null && here.firstMac !== there.firstMac;
  if (isOtherTill && (await vault.load()).state !== 'present') return appError('backup-other-till', till);
  // The computer that it was moved to may send.
  return here.isRetired && !otherMachine ? appError('till-retired') : null;
}

const isNewTo = (here: TillLine, there: TillLine | null): boolean =>
  there !== null && compareMet(here, { tillId: there.tillId, epoch: epochOf(there) }) === 'copy';

/** The epochs of the records here, which all end with the restore. Undecided clones may still be alive. */
function wayHere(liveFolder: string, part: string): Pick<Restoration, 'ended' | 'open'> {
  const [here, there] = [readWhose(recordsHere(liveFolder).now ?? ''), readWhose(part)];
  if (here.line === null || here.line.tillId !== there.line?.tillId) return { ended: [], open: [] };
  const { ended, endedCopies, epochs, open } = here.line;
  // Clones' epochs are in both lists.
  return { ended: [...ended, ...epochs], open: [...open, ...endedCopies] };
}

/** By checkpoints, and by the files that are there. */
async function whatIsLost(
  { liveFolder, headCopyFolder, clock, protocol }: RestoreParts,
  { madeAtMs, open, secrets }: RestoreWish,
  { head }: FileFacts,
  { part, key }: { readonly part: string; readonly key: Buffer | null },
): Promise<Pick<Restoration, 'restored' | 'erased'>> {
  const file = databaseFile(liveFolder);
  const [near, far] =
    key === null
      ? [null, null]
      : [createHeadSlots(liveFolder, key).read(), createHeadSlots(join(headCopyFolder, 'live'), key).read()];
  const known = isNewer(far, near) ? far : near;
  const last = Math.max(...(await Promise.all([file, `${file}-wal`].map(changedAtMs))));
  const nowMs = clock.nowMs();
  const isThere = existsSync(file) || existsSync(`${file}-wal`);
  const lines = linesOf(liveFolder, part, head);
  const lost = withOpen(lostEntries(lines, key, protocol.readIncrement), open, part);
  const byHeads =
    known === null || known.chain !== head.chain
      ? secrets !== null && (!isThere || isUnused(file))
        ? 0
        : null
      : Math.max(0, known.count - head.count);
  const restored: Restored = {
    backupAtMs: madeAtMs,
    restoredAtMs: nowMs,
    lostRows: byHeads === null && lost.rows === 0 ? null : Math.max(byHeads ?? 0, lost.rows),
    lostUntilMs: last === 0 ? null : Math.round(last),
    setAside: isThere ? asideName(liveFolder, nowMs) : null,
    isMoved: secrets !== null,
    entries: lost.entries.slice(-MOST_LOST_ENTRIES),
  };
  return { restored, erased: lines.flatMap(({ rows }) => rows.flatMap(erasedIn)) };
}

/** Begins the folder's name with records that a restore replaced. */
export const ASIDE = 'set-aside-';

/** The digest of a member who was erased after the backup. */
function erasedIn({ event, reason, content }: StoredRow): readonly string[] {
  if (event !== 'noted' || reason !== MEMBER_ERASED) return [];
  const { digest } = (readJson(content) ?? {}) as { readonly digest?: unknown };
  return isErasedDigest(digest) ? [digest] : [];
}

/** The current database, or the one moved aside by an unfinished restore; and older ones, oldest first. */
function recordsHere(liveFolder: string): { readonly now: string | undefined; readonly aside: string[] } {
  const aside = readdirSync(liveFolder)
    .filter((name) => name.startsWith(ASIDE))
    .sort()
    .map((name) => databaseFile(join(liveFolder, name)))
    .filter((file) => existsSync(file));
  return { now: existsSync(databaseFile(liveFolder)) ? databaseFile(liveFolder) : aside.pop(), aside };
}

/**
 * The current or moved-aside database, and records that earlier restores replaced, unless a manager has acknowledged
 * those: what was entered again must not be listed once more.
 */
function linesOf(liveFolder: string, part: string, head: ChainHead): readonly LostLine[] {
  const { now, aside } = recordsHere(liveFolder);
  if (now === undefined) return [];
  const line = readOldRows(now, part, head);
  if (isAcknowledged(line)) return [line];
  const before = aside.map((file) => readOldRows(file, part, head));
  return [line, ...before.filter(({ from }) => from.count === head.count)];
}

/** Open entries of the list beside the backup that the backup does not have, with those that rows tell of. */
function withOpen({ entries, rows }: Lost, open: readonly LostEntry[], part: string): Lost {
  const known = idsIn(part);
  const byId = new Map(open.filter(({ id }) => !known.has(id)).map((entry) => [entry.id, entry]));
  const listed = byId.size;
  for (const entry of entries) byId.set(entry.id, entry);
  return { entries: [...byId.values()].sort((a, b) => a.atMs - b.atMs), rows: Math.max(rows, listed) };
}

/** Never overwrites an older one. */
function asideName(liveFolder: string, nowMs: number): string {
  const time = new Date(nowMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  for (let count = 1; ; count += 1) {
    const name = `${ASIDE}${time}${count === 1 ? '' : `-${count}`}`;
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

/** The database first: a WAL alone opens nothing, while a database without its WAL would open as an older one unnoticed. */
async function setAside(liveFolder: string, name: string): Promise<void> {
  const folder = join(liveFolder, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const ending of ['', '-wal', '-shm']) {
    const file = `${databaseFile(liveFolder)}${ending}`;
    if (existsSync(file)) await renameFile(file, join(folder, basename(file)));
  }
  await syncFolder(liveFolder);
}

/** Undoes `setAside`, unless a database has taken its place. */
async function moveAsideBack(liveFolder: string, name: string | null): Promise<void> {
  if (name === null || existsSync(databaseFile(liveFolder))) return;
  for (const ending of ['-wal', '']) {
    const file = `${databaseFile(liveFolder)}${ending}`;
    const aside = join(liveFolder, name, basename(file));
    if (existsSync(aside)) await renameFile(aside, file);
  }
  await syncFolder(liveFolder);
}

/** Where the whole folder was lost, the sealed keys come back with the backup. */
async function bringVault({ liveFolder, backupFolder }: RestoreParts): Promise<void> {
  const [kept, there] = [join(backupFolder, VAULT_FILE), join(liveFolder, VAULT_FILE)];
  if (existsSync(there) || !existsSync(kept)) return;
  await whileRefused(() => copyFile(kept, there));
  await syncFile(there);
}
