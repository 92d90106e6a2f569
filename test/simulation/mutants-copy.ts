import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { slashed } from '../kit/slashes.ts';
import { applied, type Patch } from '../security/support/patch.ts';
import { controls } from './controls.ts';
import { mutants } from './mutants.ts';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** What `main/` is made of and imports; packages are found above the copy. */
const FOLDERS = ['main', 'preload/contract'];

const filesIn = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.ts'))
    .map((file) => slashed(join(file.parentPath, file.name).slice(root.length + 1)));

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** A file that only the copy has. */
export interface AddedFile {
  readonly file: string;
  readonly text: string;
}

/**
 * A copy of `main/` below the project, with the patches in it; throws where one does not fit exactly once.
 * Only what differs is written: the copy may be running somewhere.
 */
export function copyWith(
  root: string,
  name: string,
  patches: readonly Patch[],
  added: readonly AddedFile[] = [],
): string {
  const copy = join(root, 'test-results', 'simulation', name);
  const sources = FOLDERS.flatMap((folder) => filesIn(root, folder));
  const known = new Set(sources);
  const strange = patches.find(({ file }) => !known.has(file));
  if (strange !== undefined) throw new Error(`${strange.file}: not found`);
  const texts = sources.map((file) => {
    const own = patches.filter((patch) => patch.file === file);
    return { to: join(copy, file), text: applied(readFileSync(join(root, file), 'utf8'), own) };
  });
  const own = added.map(({ file, text }) => ({ to: join(copy, file), text }));
  for (const { to, text } of [...texts, ...own]) {
    if (read(to) === text) continue;
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
  }
  for (const { file } of added) known.add(file);
  for (const folder of FOLDERS)
    for (const file of filesIn(copy, folder)) if (!known.has(file)) rmSync(join(copy, file));
  return copy;
}

/** The root of a copy that has the named control or mutant in it: what `npm run -s simulate -- --mutant=NAME` runs. */
export function rootWith(name: string): string {
  const mutant = [...controls, ...mutants].find((one) => one.name === name);
  if (mutant === undefined) throw new Error(`no control or mutant is called ${name}`);
  return copyWith(projectRoot, name, mutant.patches);
}
