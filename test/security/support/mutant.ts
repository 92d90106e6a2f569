import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';
import { afterAll } from 'vitest';
import { type AnyChange, plant } from '../../faults/plant.ts';
import { projectIndex, projectRoot as root } from '../../faults/source-index.ts';
import { slashed } from '../../kit/slashes.ts';

// Inside the project, where what is bundled finds its packages.
const cache = join(root, 'node_modules', '.cache', 'counterfoil');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const planting = (texts: ReadonlyMap<string, string>, met: Set<string>): Plugin => ({
  name: 'plant',
  enforce: 'pre',
  transform: (_code, id) => {
    met.add(id);
    return texts.get(id) ?? null;
  },
});

/**
 * The same modules from sources with these changes; they share what they import. Throws where a change does not fit
 * exactly once, or meets no module at all.
 */
export async function undone<Modules extends object>(
  sound: Modules,
  changes: readonly AnyChange[],
): Promise<Modules> {
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(join(cache, 'mutant-'));
  folders.push(outDir);
  const index = projectIndex();
  const texts = new Map([...plant(changes)].map(([file, text]) => [slashed(join(root, file)), text]));
  const met = new Set<string>();
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [planting(texts, met)],
    build: {
      ssr: true,
      outDir,
      target: 'node20',
      rollupOptions: {
        input: Object.fromEntries(
          Object.entries<object>(sound as Readonly<Record<string, object>>).map(([name, own]) => [
            name,
            join(root, index.moduleOf(Object.keys(own))),
          ]),
        ),
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'shared-[hash].mjs' },
      },
    },
  });
  const missed = [...texts.keys()].find((file) => !met.has(file));
  if (missed !== undefined) throw new Error(`${missed}: no module asks for it`);
  const modules = Object.keys(sound).map(async (name) => {
    const path = pathToFileURL(join(outDir, `${name}.mjs`)).href;
    return [name, await import(/* @vite-ignore */ path)] as const;
  });
  return Object.fromEntries(await Promise.all(modules)) as Modules;
}
