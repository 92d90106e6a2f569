import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { atMost } from '../figure.ts';
import type { Row } from '../row.ts';

const page = resolve(import.meta.dirname, '../../../out/renderer');
const LIMIT_KB = 150;

const read = (name: string): Buffer => readFileSync(join(page, name));

/** What the page names and what those import at once, each once. */
function loadedAtStart(): readonly string[] {
  const html = read('index.html').toString('utf8');
  const named = [...html.matchAll(/(?:src|href)="\.?\/([^"]+\.(?:js|css))"/g)].map(([, name]) => name ?? '');
  const loaded = new Set(named);
  for (const name of loaded) {
    if (!name.endsWith('.js')) continue;
    const imports = read(name)
      .toString('utf8')
      .matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g);
    for (const [, imported] of imports) loaded.add(join(name, '..', imported ?? ''));
  }
  return [...loaded];
}

/** What the page must read, compile and run before anybody sees anything. */
export const bundleRow: Row = {
  name: 'bundle',
  inWindow: true,
  measure: async () => {
    const bytes = loadedAtStart().map((name) => gzipSync(read(name)).length);
    const ours = bytes.reduce((sum, one) => sum + one, 0) / 1_000;
    return [
      {
        ...{ name: 'script and styles at start, gzip', unit: 'KB', ours, against: LIMIT_KB },
        ...{ beside: 'limit', goal: atMost(1), bound: atMost(1) },
      },
    ];
  },
};
