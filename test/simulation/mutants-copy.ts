import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { plant } from '../faults/plant.ts';
import { projectIndex, projectRoot, type Sources } from '../faults/source-index.ts';
import { slashed } from '../kit/slashes.ts';
import { controls } from './controls.ts';
import { mutants } from './mutants.ts';

/** What `main/` is made of and imports; packages are found above the copy. */
const FOLDERS = ['main', 'preload/contract'];

const isOfMain = (file: string): boolean => FOLDERS.some((folder) => file.startsWith(`${folder}/`));

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

/**
 * A copy of `main/` below the project, with these texts in the place of others or beside them. Only what differs is
 * written: the copy may be running somewhere.
 */
export function copyWith(name: string, changed: Sources): string {
  const copy = join(projectRoot, 'test-results', 'simulation', name);
  const own = [...projectIndex().sources].filter(([file]) => isOfMain(file) && file.endsWith('.ts'));
  const texts = new Map([...own, ...changed]);
  for (const [file, text] of texts) {
    const to = join(copy, file);
    if (read(to) === text) continue;
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
  }
  for (const folder of FOLDERS)
    for (const file of filesIn(copy, folder)) if (!texts.has(file)) rmSync(join(copy, file));
  return copy;
}

/** The root of a copy that has the named control or mutant in it: what `npm run -s simulate -- --mutant=NAME` runs. */
export function rootWith(name: string): string {
  const mutant = [...controls, ...mutants].find((one) => one.name === name);
  if (mutant === undefined) throw new Error(`no control or mutant is called ${name}`);
  return copyWith(name, plant(mutant.changes));
}
