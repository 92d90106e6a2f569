import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';
import { afterAll } from 'vitest';
import { slashed } from '../../kit/slashes.ts';
import { applied, type Patch } from './patch.ts';

const root = resolve(import.meta.dirname, '../../..');
// Inside the project, where what is bundled finds its packages.
const cache = join(root, 'node_modules', '.cache', 'counterfoil');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const patching = (patches: readonly Patch[], met: Set<string>): Plugin => ({
  name: 'undo',
  enforce: 'pre',
  transform: (_code, id) => {
    const ours = patches.filter(({ file }) => id === slashed(join(root, file)));
    for (const { file } of ours) met.add(file);
    return ours.length === 0 ? null : applied(readFileSync(id, 'utf8'), ours);
  },
});

/**
 * The same modules from sources with the patches in them, by their paths from the project's root; they
 * share what they import. Throws where a patch does not fit exactly once, or meets no module at all.
 */
export async function undone<Modules extends object>(
  paths: { readonly [Name in keyof Modules]: string },
  patches: readonly Patch[],
): Promise<Modules> {
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(join(cache, 'mutant-'));
  folders.push(outDir);
  const names = Object.keys(paths) as (keyof Modules & string)[];
  const met = new Set<string>();
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [patching(patches, met)],
    build: {
      ssr: true,
      outDir,
      target: 'node20',
      rollupOptions: {
        input: Object.fromEntries(names.map((name) => [name, join(root, paths[name])])),
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'shared-[hash].mjs' },
      },
    },
  });
  const missed = patches.find(({ file }) => !met.has(file));
  if (missed !== undefined) throw new Error(`${missed.file}: no module asks for it`);
  const modules = names.map(async (name) => {
    const path = pathToFileURL(join(outDir, `${name}.mjs`)).href;
    return [name, await import(/* @vite-ignore */ path)] as const;
  });
  return Object.fromEntries(await Promise.all(modules)) as Modules;
}
