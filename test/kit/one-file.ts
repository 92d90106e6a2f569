import { basename, dirname, join } from 'node:path';
import { build } from 'vite';

/** Inside node_modules, so that what stays outside the bundle is found. */
export const builtFolder = join(import.meta.dirname, '../../node_modules/.cache/counterfoil');

/** Builds `source` and what it imports into `to`, one file of JavaScript that starts in a tenth of a second. */
export async function buildOneFile(source: string, to: string): Promise<void> {
  await build({
    root: dirname(source),
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: source,
      target: 'node24',
      outDir: dirname(to),
      emptyOutDir: false,
      copyPublicDir: false,
      rollupOptions: { output: { entryFileNames: basename(to), format: 'cjs', codeSplitting: false } },
    },
  });
}
