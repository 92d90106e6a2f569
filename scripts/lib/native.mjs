import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adaptAddon } from './addon.mjs';
import { Refusal, ran, root } from './common.mjs';
import { ensureTool } from './system.mjs';

// better-sqlite3 as the substitute runtime can load it: a copy beside that runtime's own resources. What npm has
// installed stays as it is.
const original = join(root, 'node_modules', 'better-sqlite3');
const prebuilt = join('prebuilds', 'linux-x64.node');
const shimSource = join(root, 'scripts', 'substitute', 'node-api-10.c');
const inputs = [
  join(original, 'package.json'),
  join(original, prebuilt),
  shimSource,
  join(import.meta.dirname, 'addon.mjs'),
  import.meta.filename,
];

function hashOfInputs() {
  const hash = createHash('sha256');
  for (const path of inputs) hash.update(createHash('sha256').update(readFileSync(path)).digest());
  return hash.digest('hex');
}

function compile(source, target) {
  ensureTool('gcc');
  // Freestanding: the compiler alone will do, without the C library's headers.
  const args = ['-O2', '-Wall', '-Werror', '-ffreestanding', '-nostdlib', '-shared', '-fPIC'];
  if (!ran('gcc', [...args, '-o', target, source])) throw new Refusal(`gcc could not compile ${source}`);
}

function build(folder) {
  const copy = join(folder, 'better-sqlite3');
  mkdirSync(join(copy, 'prebuilds'), { recursive: true });
  for (const name of ['package.json', 'LICENSE', 'lib'])
    cpSync(join(original, name), join(copy, name), { recursive: true });
  writeFileSync(join(copy, prebuilt), adaptAddon(readFileSync(join(original, prebuilt))));
  compile(shimSource, join(folder, 'node-api-10.node'));
}

/** Makes `<resources>/native` where it is missing or made of something else. */
export function ensureNative(resources) {
  const folder = join(resources, 'native');
  const madeOf = (path) => {
    const note = join(path, 'made-of');
    return existsSync(note) ? readFileSync(note, 'utf8') : null;
  };
  const hash = hashOfInputs();
  if (madeOf(folder) === hash) return;
  const scratch = `${folder}.partial-${process.pid}`;
  const old = `${folder}.old-${process.pid}`;
  try {
    build(scratch);
    writeFileSync(join(scratch, 'made-of'), hash);
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(scratch, folder);
  } catch (error) {
    // Whoever else is doing the same at this moment may be first: then theirs is as good.
    if (madeOf(folder) !== hash) throw error;
  } finally {
    for (const path of [scratch, old]) rmSync(path, { recursive: true, force: true });
  }
}
