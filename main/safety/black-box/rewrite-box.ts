import { type FileHandle, open, rm } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { renameFile, syncFolder, writeWhole } from '../../kernel/atomic-file.ts';
import type { StoredRow } from '../../ledger/tables/index.ts';
import {
  beginsWith,
  createRowSealer,
  isHeadOf,
  nothingYet,
  type OpenParts,
  openBlackBox,
  type Reached,
  reachedBy,
} from './black-box-file.ts';
import { piecesOf } from './box-frames.ts';
import { NotOurs, namedAt, openPlain } from './own-file.ts';

/** More than anybody makes in a day. */
const MOST_NAMES = 100;
const WRITE_BYTES = 262_144;

/** `entries-worn-2026-11-29.cfblackbox`, then with `-2` and so on. */
function* namesBeside(path: string, word: string): Generator<string> {
  for (let at = 1; at <= MOST_NAMES; at += 1) yield nameBeside(path, at === 1 ? word : `${word}-${at}`);
}

function nameBeside(path: string, word: string): string {
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}-${word}${ext}`);
}

const NEW = 'new';
const nameOfNew = (path: string): string => nameBeside(path, NEW);

/** Anybody's file may have such a name. */
async function isOurs(path: string, { lock }: OpenParts): Promise<boolean> {
  const handle = await openPlain(path).catch((thrown: unknown) => {
    if (thrown instanceof NotOurs) return null;
    throw thrown;
  });
  if (handle === null) return false;
  try {
    return await beginsWith(lock, handle);
  } finally {
    await handle.close();
  }
}

/** Left by a process that died while writing. */
async function removeLeft(parts: OpenParts): Promise<void> {
  const path = nameOfNew(parts.path);
  if (await isOurs(path, parts)) await rm(path);
}

async function create(path: string): Promise<{ readonly path: string; readonly handle: FileHandle }> {
  for (const name of namesBeside(path, NEW))
    try {
      return { path: name, handle: await open(name, 'wx+', 0o600) };
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
    }
  throw new NotOurs('black-box-foreign', nameOfNew(path));
}

async function setAside(path: string, atMs: number): Promise<string> {
  for (const name of namesBeside(path, `worn-${new Date(atMs).toISOString().slice(0, 10)}`)) {
    if ((await namedAt(name)) !== null) continue;
    await renameFile(path, name);
    return name;
  }
  throw new NotOurs('black-box-foreign', path);
}

/** Intact frames under heads of this lock, within the first `bytes`. */
async function* framesKept({ path, lock }: OpenParts, bytes: number): AsyncGenerator<Buffer> {
  const handle = bytes > 0 ? await openPlain(path) : null;
  let isOpen = false;
  try {
    if (handle === null) return;
    for await (const { frame, bytes: kept, end } of piecesOf(handle)) {
      if (end > bytes) return;
      if (frame === null) continue;
      if (frame.kind === 'head') isOpen = isHeadOf(lock, frame);
      if (isOpen) yield kept;
    }
  } finally {
    await handle?.close();
  }
}

/** A buffered writer. */
function createWriter(handle: FileHandle) {
  let reached = nothingYet;
  let [waiting, size, at]: [Buffer[], number, number] = [[], 0, 0];
  const flush = async () => {
    await writeWhole(handle, Buffer.concat(waiting), at);
    at += size;
    [waiting, size] = [[], 0];
  };
  return {
    reached: (): Reached => reached,
    write: async (frame: Buffer) => {
      reached = reachedBy(reached, frame);
      waiting.push(frame);
      size += frame.length;
      if (size >= WRITE_BYTES) await flush();
    },
    end: async () => {
      await flush();
      await handle.sync();
    },
  };
}

export interface RewrittenBox {
  /** Empty where there was nothing to write, and no file was made. */
  readonly reached: Reached;
  readonly keptBytes: number;
  /** The old box's new name. */
  readonly aside: string | null;
}

/**
 * Writes a complete box under another name and then renames it: the first `keepBytes` of the old one, then rows. The
 * old one is renamed, never overwritten, and after an error keeps its name.
 */
export async function rewriteBox(
  parts: OpenParts,
  pages: Iterable<readonly StoredRow[]>,
  { keepBytes, atMs }: { readonly keepBytes: number; readonly atMs: number },
): Promise<RewrittenBox> {
  await removeLeft(parts);
  const { path, handle } = await create(parts.path);
  const writer = createWriter(handle);
  let keptBytes = 0;
  let isToStay = false;
  try {
    try {
      for await (const frame of framesKept(parts, keepBytes)) await writer.write(frame);
      keptBytes = writer.reached().end?.at ?? 0;
      const seal = createRowSealer(parts.lock, parts.random);
      for (const rows of pages) for (const frame of seal(rows)) await writer.write(frame);
      await writer.end();
    } finally {
      await handle.close();
    }
    const reached = writer.reached();
    if (reached.end === null) return { reached, keptBytes, aside: null };
    const aside = (await namedAt(parts.path)) === null ? null : await setAside(parts.path, atMs);
    // From now on this is the only complete one.
    isToStay = true;
    await renameFile(path, parts.path);
    await syncFolder(dirname(path));
    return { reached, keptBytes, aside };
  } finally {
    if (!isToStay) await rm(path, { force: true });
  }
}

/** Completes a rename that a crash cut short. */
export async function takeLeft(parts: OpenParts): Promise<boolean> {
  const path = nameOfNew(parts.path);
  if (!(await isOurs(path, parts))) return false;
  const opened = await openBlackBox({ ...parts, path }, null);
  if (opened.state !== 'open') return false;
  await opened.file.close();
  await renameFile(path, parts.path);
  return true;
}

/** Moves an oversized box away; one older box is replaced, another's file never. */
export async function keepBefore(parts: OpenParts): Promise<void> {
  const before = `${parts.path}.before`;
  if ((await namedAt(before)) !== null && !(await isOurs(before, parts)))
    throw new NotOurs('black-box-foreign', before);
  await renameFile(parts.path, before);
}
