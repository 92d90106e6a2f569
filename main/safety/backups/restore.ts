import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  type AppError,
  appError,
  err,
  MOST_LOST_ENTRIES,
  ok,
  type Restored,
  type Result,
} from '../../../preload/contract/index.ts';
import type { HostProtocol } from '../../hosts/port/index.ts';
import { renameFile, syncFile, syncFolder, writeFileAtomically } from '../../kernel/atomic-file.ts';
import { databaseFile } from '../../kernel/folders.ts';
import { whileRefused } from '../../kernel/held-file.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import {
  type ChainHead,
  createHeadSlots,
  epochOf,
  isNewer,
  judgeMet,
  type TillLine,
} from '../../ledger/journal/index.ts';
import { ACCOUNT, type KeptRow } from '../../ledger/tables/index.ts';
import { VAULT_FILE, type Vault } from '../../people/index.ts';
import type { Integrity } from '../integrity/integrity.ts';
import type { FileFacts } from '../integrity/integrity-repository.ts';
import { type Machine, marksFromText, otherMarks } from '../machine/marks.ts';
import {
  MOST_CARRIED,
  PART_NAME,
  type PutBack,
  RESTORED_FILE,
  readRestored,
  restoredText,
} from '../restored.ts';
import { backupFailure } from './backup-failure.ts';
import { isAcknowledged, isAcknowledgement, type LostLine, lostEntries } from './lost-entries.ts';
import type { MovedSecrets } from './move-file.ts';
import { readOldRows, readWhose } from './old-rows-repository.ts';

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
  /** What a black box tells that lies beside it: each way that the journal went, the newest last. */
  readonly told: readonly (readonly KeptRow[])[];
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
 * Killed at any moment it leaves the old database, none (the till then says that its data is missing), or the new one;
 * the mark says nothing before the new one is there. Where it fails the old one is there as it was.
 *
 * Errors: `backup-damaged`, `backup-newer`, `backup-other-till`, `backup-other-machine`, `backup-no-room`,
 * `backup-place-gone`, `file-held`, `backup-failed`.
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
    const looked = await lookAtPart(parts, wish, part);
    if (!looked.ok) {
      await rm(part, { force: true });
      return looked;
    }
    const restored = looked.value;
    const mark = join(liveFolder, RESTORED_FILE);
    // One that no start has acted on yet stays in force, whatever becomes of this restore.
    const inForce = readRestored(liveFolder);
    const isInForce = inForce !== null;
    const here = wayHere(liveFolder, part);
    const ended = [...(inForce?.ended ?? []), ...here.ended].slice(-MOST_CARRIED);
    const open = [...(inForce?.open ?? []), ...here.open].slice(-MOST_CARRIED);
    const putBack = { restored, isMoved: wish.secrets !== null, ended, open };
    const text = restoredText(putBack, { part: isInForce ? null : basename(part) });
    await writeFileAtomically(mark, text, random.uuid());
    undo = async () => {
      await putBackAside(liveFolder, restored.setAside);
      if (!isInForce) await rm(mark, { force: true });
    };
    if (restored.setAside !== null) await setAside(liveFolder, restored.setAside);
    await renameFile(part, databaseFile(liveFolder));
    undo = async () => undefined;
    await syncFolder(liveFolder);
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

/** The copy is looked at, and not the stick that may change meanwhile; and what it lacks of what was there. */
async function lookAtPart(parts: RestoreParts, wish: RestoreWish, part: string): Promise<Result<Restored>> {
  const key = await keyOf(parts.vault, wish.secrets);
  const found = await parts.integrity.check(part, key);
  if (!found.ok) return err(asRefusal(found.error));
  const problem = await refusal(parts, found.value, wish, part);
  if (problem !== null) return err(problem);
  const kept = await keepSecrets(parts.vault, wish.secrets);
  return kept.ok ? ok(await whatIsLost(parts, wish, found.value, { part, key })) : kept;
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

/**
 * Whose backup it is, and whether this computer is where that till belongs. Where this computer's own key does not prove
 * it, the till that lies here still shows whether it is another one.
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
  // A till that was moved was retired where it came from.
  if (isOther && !otherMachine && secrets === null) return appError('backup-other-machine', till);
  const [here, there] = [readWhose(databaseFile(liveFolder)), readWhose(part)];
  // Another computer has gone on with this very till, and may do so still.
  const isCopy = here.line !== null && !here.isRetired && isNewTo(here.line, there.line);
  if (isCopy && !otherMachine) return appError('backup-other-machine', till);
  const isOtherTill = here.firstMac !== null && here.firstMac !== there.firstMac;
  if (isOtherTill && (await vault.load()).state !== 'present') return appError('backup-other-till', till);
  // The computer that it was moved to may send.
  return here.isRetired && !otherMachine ? appError('till-retired') : null;
}

const isNewTo = (here: TillLine, there: TillLine | null): boolean =>
  there !== null && judgeMet(here, { tillId: there.tillId, epoch: epochOf(there) }) === 'copy';

/**
 * What the records that lie here know of this till's way: none of it goes on once a backup has their place. A copy of
 * which nobody has said whether it lives on may do so still.
 */
function wayHere(liveFolder: string, part: string): Pick<PutBack, 'ended' | 'open'> {
  const [here, there] = [readWhose(recordsHere(liveFolder).now ?? ''), readWhose(part)];
  if (here.line === null || here.line.tillId !== there.line?.tillId) return { ended: [], open: [] };
  const { ended, endedCopies, epochs, open } = here.line;
  // Those of copies are among both: they ended, and were met.
  return { ended: [...ended, ...epochs], open: [...open, ...endedCopies] };
}

/** How far the journal was known to have come, by its heads and by the files that are there. */
async function whatIsLost(
  { liveFolder, headCopyFolder, clock, protocol }: RestoreParts,
  { madeAtMs, told, secrets }: RestoreWish,
  { head }: FileFacts,
  { part, key }: { readonly part: string; readonly key: Buffer | null },
): Promise<Restored> {
  const file = databaseFile(liveFolder);
  const [near, far] =
    key === null
      ? [null, null]
      : [createHeadSlots(liveFolder, key).read(), createHeadSlots(join(headCopyFolder, 'live'), key).read()];
  const known = isNewer(far, near) ? far : near;
  const last = Math.max(...(await Promise.all([file, `${file}-wal`].map(changedAtMs))));
  const nowMs = clock.nowMs();
  const isThere = existsSync(file) || existsSync(`${file}-wal`);
  const lost = lostEntries(linesOf(liveFolder, part, head, told), key, protocol.readIncrement);
  const byHeads =
    known === null || known.chain !== head.chain
      ? secrets !== null && !isThere
        ? 0
        : null
      : Math.max(0, known.count - head.count);
  return {
    backupAtMs: madeAtMs,
    restoredAtMs: nowMs,
    lostRows: byHeads === null && lost.rows === 0 ? null : Math.max(byHeads ?? 0, lost.rows),
    lostUntilMs: last === 0 ? null : Math.round(last),
    setAside: isThere ? asideName(liveFolder, nowMs) : null,
    entries: lost.entries
      .slice(-MOST_LOST_ENTRIES)
      .map(({ atMs, customerUid, memberName, memberNumber, balance, point, state }) => ({
        atMs,
        customerUid,
        balance,
        point,
        state,
        memberName: memberName.slice(0, 200),
        memberNumber: memberNumber.slice(-4),
      })),
  };
}

const ASIDE = 'set-aside-';

/**
 * What the ways of a black box tell of after this head, the newest first: a backup that was put back before had the
 * journal go on from it anew, and what was lost then is lost still. Not those from before a manager has gone through
 * them, nor such as went another way than the backup has it.
 */
function waysFrom(head: ChainHead, told: readonly (readonly KeptRow[])[]): readonly LostLine[] {
  const lines: LostLine[] = [];
  for (const way of [...told].reverse()) {
    const same = way.find(({ number }) => number === head.count);
    if (same !== undefined && same.mac !== head.mac) continue;
    const rows = way.filter(({ number }) => number > head.count);
    lines.push({ from: head, rows, accounts: way.filter(({ event }) => event === ACCOUNT) });
    if (rows.some(isAcknowledgement)) break;
  }
  return lines;
}

/** The database that is there, or that a restore had set aside which did not come to its end; and those before, oldest first. */
function recordsHere(liveFolder: string): { readonly now: string | undefined; readonly aside: string[] } {
  const aside = readdirSync(liveFolder)
    .filter((name) => name.startsWith(ASIDE))
    .sort()
    .map((name) => databaseFile(join(liveFolder, name)))
    .filter((file) => existsSync(file));
  return { now: existsSync(databaseFile(liveFolder)) ? databaseFile(liveFolder) : aside.pop(), aside };
}

/**
 * Everything that tells of what the backup lacks: the database that is there, or that a restore had set aside which did
 * not come to its end; a black box; and where the backup before was the wrong one, what lay there before that, unless a
 * manager has gone through it: what was entered anew since must not be listed once more.
 */
function linesOf(
  liveFolder: string,
  part: string,
  head: ChainHead,
  told: readonly (readonly KeptRow[])[],
): readonly LostLine[] {
  const { now, aside } = recordsHere(liveFolder);
  const line = now === undefined ? null : readOldRows(now, part, head);
  const lines = line === null ? [] : [line];
  const isGoneThrough = line !== null && isAcknowledged(line);
  lines.push(...(isGoneThrough ? waysFrom(head, told).slice(0, 1) : waysFrom(head, told)));
  if (line === null || isGoneThrough) return lines;
  const before = aside.map((file) => readOldRows(file, part, head));
  return [...lines, ...before.filter(({ from }) => from.count === head.count)];
}

/** Nothing that was set aside before is written over. */
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

/**
 * The database first: a log that lies there alone opens nothing, while a database without its log would open as an
 * older one that nobody was told of.
 */
async function setAside(liveFolder: string, name: string): Promise<void> {
  const folder = join(liveFolder, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const ending of ['', '-wal', '-shm']) {
    const file = `${databaseFile(liveFolder)}${ending}`;
    if (existsSync(file)) await renameFile(file, join(folder, basename(file)));
  }
  await syncFolder(liveFolder);
}

/** What was set aside is what is there again, where nothing has taken its place. */
async function putBackAside(liveFolder: string, name: string | null): Promise<void> {
  if (name === null || existsSync(databaseFile(liveFolder))) return;
  for (const ending of ['-wal', '']) {
    const file = `${databaseFile(liveFolder)}${ending}`;
    const aside = join(liveFolder, name, basename(file));
    if (existsSync(aside)) await renameFile(aside, file);
  }
  await syncFolder(liveFolder);
}

/** Sealed by this computer's keyring: where the folder was lost as a whole, the keys come back with the backup. */
async function bringVault({ liveFolder, backupFolder }: RestoreParts): Promise<void> {
  const [kept, there] = [join(backupFolder, VAULT_FILE), join(liveFolder, VAULT_FILE)];
  if (existsSync(there) || !existsSync(kept)) return;
  await whileRefused(() => copyFile(kept, there));
  await syncFile(there);
}
