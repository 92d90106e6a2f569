import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, stat } from 'node:fs/promises';
import { dirname, win32 } from 'node:path';
import { type AppError, appError, type ErrorCode } from '../../../preload/contract/index.ts';
import { type ItPolicy, noItPolicy, policyFile, readItPolicy } from '../../counter/index.ts';
import { whileRefused } from '../../kernel/held-file.ts';
import { askPowerShell } from '../../kernel/power-shell.ts';
import { isAdministratorsAlone } from './policy-acl.ts';

const MAX_BYTES = 65_536;
/** Write permission of a group or of all. */
const OTHERS_WRITE = 0o022;

type Why = 'link' | 'not-a-file' | 'owner' | 'unproven';

/** Why what the file says is not its administrator's word; null where it is. */
type Distrust = (file: string, handle: FileHandle) => Promise<Why | null>;

export interface PolicyPlace {
  /** Null where the system names no place. */
  readonly file: string | null;
  readonly distrust: Distrust;
}

const codeOf = (thrown: unknown): string => (thrown as NodeJS.ErrnoException).code ?? 'unknown';
const isNone = (thrown: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(thrown));

/** POSIX: whoever owns the file, or may write to it or to its folder, decides what it says. */
export const byOwner =
  (owner: number): Distrust =>
  async (file, handle) => {
    const isOthers = ({ uid, mode }: Stats) => uid !== owner || (mode & OTHERS_WRITE) !== 0;
    return [await handle.stat(), await stat(dirname(file))].some(isOthers) ? 'owner' : null;
  };

/** Environment variables with the paths, for PowerShell. */
const POLICY_FILE = 'COUNTERFOIL_POLICY';
const POLICY_FOLDER = 'COUNTERFOIL_POLICY_FOLDER';
const COMMAND = [POLICY_FILE, POLICY_FOLDER]
  .map((path) => `(Get-Acl -LiteralPath $env:${path}).Sddl`)
  .join('; ');
/** A slow PC takes seconds to start it. */
const POWER_SHELL_MS = 8_000;

/** Windows: by the access lists of both. A computer whose PowerShell does not tell them uses no policy file. */
export const byAccessList =
  (ask: typeof askPowerShell = askPowerShell): Distrust =>
  async (file) => {
    const paths = { [POLICY_FILE]: file, [POLICY_FOLDER]: win32.dirname(file) };
    const [ofFile, ofFolder] = (await ask(COMMAND, paths, POWER_SHELL_MS))?.trim().split(/\r?\n/) ?? [];
    if (ofFile === undefined || ofFolder === undefined) return 'unproven';
    return isAdministratorsAlone(ofFile, 'file') && isAdministratorsAlone(ofFolder, 'folder')
      ? null
      : 'owner';
  };

/** For test builds only. */
const TEST_FILE = 'COUNTERFOIL_POLICY_FILE';

/** The system's place; a release ignores the environment. */
export function policyPlace(
  release: boolean,
  env: Readonly<Record<string, string | undefined>> = process.env,
): PolicyPlace {
  const { [TEST_FILE]: file } = release ? {} : env;
  if (file !== undefined) return { file, distrust: byOwner(process.getuid?.() ?? 0) };
  const distrust = process.platform === 'win32' ? byAccessList() : byOwner(0);
  return { file: policyFile(process.platform, env), distrust };
}

/** At most one byte more than is allowed, whatever the file grows to meanwhile. */
async function textOf(handle: FileHandle): Promise<string | null> {
  const buffer = Buffer.alloc(MAX_BYTES + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
    length += bytesRead;
    if (length > MAX_BYTES) return null;
    if (bytesRead === 0) return buffer.toString('utf8', 0, length);
  }
}

async function kindProblem(file: string, handle: FileHandle): Promise<Why | null> {
  for (const path of [file, dirname(file)]) if ((await lstat(path)).isSymbolicLink()) return 'link';
  return (await handle.stat()).isFile() ? null : 'not-a-file';
}

/**
 * Windows' access lists are read by the name, and the text by the handle: both must be of one file. By its number alone, since
 * Windows reports a volume's id differently by name and by handle.
 */
async function isStillThere(file: string, handle: FileHandle): Promise<boolean> {
  const [named, held] = [await lstat(file, { bigint: true }), await handle.stat({ bigint: true })];
  return named.ino === held.ino;
}

const wrong = (code: ErrorCode, details: Record<string, string>): ItPolicy => {
  const problem: AppError = appError(code, details);
  return { settings: {}, problem };
};

/** Follows no link, and does not wait for a pipe's writer. */
const HOW = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The computer's policy file. What cannot be read, is not an administrator's alone or has one wrong value locks nothing, and is
 * told. Never throws.
 */
export async function loadItPolicy({ file, distrust }: PolicyPlace): Promise<ItPolicy> {
  if (file === null) return noItPolicy;
  const named = { file: file.slice(0, 300) };
  let handle: FileHandle | null = null;
  try {
    const opened = await whileRefused(() => open(file, HOW));
    handle = opened;
    const why =
      (await kindProblem(file, opened)) ??
      (await distrust(file, opened)) ??
      ((await isStillThere(file, opened)) ? null : 'unproven');
    if (why !== null) return wrong('it-policy-unsafe', { ...named, why });
    const text = await textOf(opened);
    if (text === null) return wrong('it-policy-invalid', { field: 'file' });
    const read = readItPolicy(text);
    return read.ok ? { settings: read.value, problem: null } : { settings: {}, problem: read.error };
  } catch (thrown) {
    if (isNone(thrown)) return noItPolicy;
    if (codeOf(thrown) === 'ELOOP') return wrong('it-policy-unsafe', { ...named, why: 'link' });
    return wrong('it-policy-unread', { ...named, system: codeOf(thrown) });
  } finally {
    await handle?.close().catch(() => undefined);
  }
}
