import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { removeFile, renameFile, syncFolder } from '../../kernel/atomic-file.ts';
import { isRefusedForNow, whileRefusedSync } from '../../kernel/held-file.ts';
import { isVersion } from '../version.ts';

/** The snapshot of a till's data, taken before a new version opens it. */
export const rollbackFolder = (folder: string): string => join(folder, 'updates', 'before');

const MARK = 'mark.json';

/** Each holds while its file exists: a file can be deleted although the disk is full. */
const notes = {
  /** Only the trial has written: the new version has not opened the till for use. */
  onlyTried: 'only-tried',
  /** Not decided yet whether to roll back. */
  undecided: 'undecided',
} as const;
type Note = keyof typeof notes;

export const markFile = (folder: string): string => join(rollbackFolder(folder), MARK);

const version = z.string().refine(isVersion);

const fileSchema = z.object({
  place: z.enum(['live', 'practice', 'live-heads', 'practice-heads']),
  /** One of ours, never a path. */
  name: z.string().regex(/^[a-z][a-z.-]*$/),
  /** Null where there was none. */
  kept: z.object({ bytes: z.number().int().nonnegative(), sha512: z.string() }).nullable(),
});
export type RollbackFile = z.infer<typeof fileSchema>;

/** Written last, when all that it names is on disk. Two versions read it: fields are only added. */
const markSchema = z.object({
  from: version,
  to: version,
  /** Rows of the live till's journal; 0 where there is none. */
  rows: z.number().int().nonnegative(),
  files: z.array(fileSchema).max(100),
});
export type Mark = z.infer<typeof markSchema>;

export const markText = (mark: Mark): string => `${JSON.stringify(mark)}\n`;

/**
 * The snapshot's list; null where there is none. An unreadable one names nothing to restore. Throws where
 * another process holds it.
 */
export function readMark(folder: string): Mark | 'unreadable' | null {
  if (!existsSync(markFile(folder))) return null;
  try {
    return markSchema.parse(JSON.parse(whileRefusedSync(() => readFileSync(markFile(folder), 'utf8'))));
  } catch (thrown) {
    if (isRefusedForNow(thrown)) throw thrown;
    return 'unreadable';
  }
}

/**
 * A trial is running or was cut off, so that the data is in doubt. Only the tried version continues with it,
 * unless part of the snapshot may be back in place.
 */
export function isUnderWay(folder: string, version: string, mark = readMark(folder)): boolean {
  if (mark === null || mark === 'unreadable') return mark !== null;
  return mark.to !== version || !isNoted(folder, 'undecided');
}

export async function writeNotes(folder: string): Promise<void> {
  for (const name of Object.values(notes))
    await writeFile(join(rollbackFolder(folder), name), '', { mode: 0o600 });
}

export const isNoted = (folder: string, note: Note): boolean =>
  existsSync(join(rollbackFolder(folder), notes[note]));

/** Resolves once it is on disk. */
export async function dropNote(folder: string, note: Note): Promise<void> {
  await removeFile(join(rollbackFolder(folder), notes[note]));
  await syncFolder(rollbackFolder(folder));
}

/** Deletes the mark first: without it the rest means nothing. */
export async function removeRollbackCopy(folder: string): Promise<void> {
  const aside = rollbackFolder(folder);
  if (!existsSync(aside)) return;
  await removeFile(markFile(folder));
  await syncFolder(aside);
  await rm(aside, { recursive: true, force: true });
}

/** A snapshot that may not be restored stays under another name, for support. */
export async function keepRollbackCopy(folder: string): Promise<void> {
  const aside = rollbackFolder(folder);
  const names = Array.from({ length: 1_000 }, (_, at) => `${aside}-kept-${at + 1}`);
  const free = names.find((name) => !existsSync(name)) ?? `${aside}-kept`;
  await renameFile(aside, free);
  await syncFolder(dirname(aside));
}
