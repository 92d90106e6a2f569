import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { removeFile, renameFile, syncFolder } from '../../kernel/atomic-file.ts';
import { isRefusedForNow, whileRefusedSync } from '../../kernel/held-file.ts';
import { isVersion } from '../version.ts';

/** Where a till's data lies as it was when a new version was let at it. */
export const asideFolder = (folder: string): string => join(folder, 'updates', 'before');

const MARK = 'mark.json';

/** What is still so while its file lies beside the mark. A file is taken away although the disk is full. */
const notes = {
  /** Nothing but the trial was at the data: the new version has not opened the till in the old one's place. */
  onlyTried: 'only-tried',
  /** It was not found yet that the data is to be put back. */
  undecided: 'undecided',
} as const;
type Note = keyof typeof notes;

export const markFile = (folder: string): string => join(asideFolder(folder), MARK);

const version = z.string().refine(isVersion);

const fileSchema = z.object({
  place: z.enum(['live', 'practice', 'live-heads', 'practice-heads']),
  /** One of ours, and never a path. */
  name: z.string().regex(/^[a-z][a-z.-]*$/),
  /** Null where there was none. */
  kept: z.object({ bytes: z.number().int().nonnegative(), sha512: z.string() }).nullable(),
});
export type AsideFile = z.infer<typeof fileSchema>;

/** Written last, when all that it names is on the disk: fields are added, never changed, since two versions read it. */
const markSchema = z.object({
  from: version,
  to: version,
  /** Of the live till's journal; 0 where there is none. */
  rows: z.number().int().nonnegative(),
  files: z.array(fileSchema).max(100),
});
export type Mark = z.infer<typeof markSchema>;

export const markText = (mark: Mark): string => `${JSON.stringify(mark)}\n`;

/**
 * What was put aside, whole; null where nothing was. One that cannot be read names nothing that could be put back. Throws
 * where somebody holds it: then it may name all of it.
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
 * Whether this data is in the middle of a trial, or of one that was cut off: what lies there is nobody's word. Only the version
 * that was tried goes on with it, unless some of what was put aside may lie in its place again.
 */
export function isUnderWay(folder: string, version: string, mark = readMark(folder)): boolean {
  if (mark === null || mark === 'unreadable') return mark !== null;
  return mark.to !== version || !isNoted(folder, 'undecided');
}

export async function writeNotes(folder: string): Promise<void> {
  for (const name of Object.values(notes))
    await writeFile(join(asideFolder(folder), name), '', { mode: 0o600 });
}

export const isNoted = (folder: string, note: Note): boolean =>
  existsSync(join(asideFolder(folder), notes[note]));

/** On the disk when it resolves. */
export async function dropNote(folder: string, note: Note): Promise<void> {
  await removeFile(join(asideFolder(folder), notes[note]));
  await syncFolder(asideFolder(folder));
}

/** The mark first: what lies there without it is nothing. */
export async function removeAside(folder: string): Promise<void> {
  const aside = asideFolder(folder);
  if (!existsSync(aside)) return;
  await removeFile(markFile(folder));
  await syncFolder(aside);
  await rm(aside, { recursive: true, force: true });
}

/** Where it may not be put back it stays under another name: a person may need it. */
export async function keepAside(folder: string): Promise<void> {
  const aside = asideFolder(folder);
  const names = Array.from({ length: 1_000 }, (_, at) => `${aside}-kept-${at + 1}`);
  const free = names.find((name) => !existsSync(name)) ?? `${aside}-kept`;
  await renameFile(aside, free);
  await syncFolder(dirname(aside));
}
