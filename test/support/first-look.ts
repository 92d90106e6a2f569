import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { slashed } from '../kit/slashes.ts';

const importForm = /\b(import|export)\s+(type\s)?(?:([^;'"]*?)\s+from\s+)?'(\.[^']+)'/g;

interface Import {
  readonly path: string;
  /** Null: all of it. */
  readonly names: readonly string[] | null;
  readonly isExport: boolean;
}

/** What a file takes of others when it runs; a dynamic import and types are none of it. */
function importsOf(path: string): readonly Import[] {
  return [...readFileSync(path, 'utf8').matchAll(importForm)].flatMap(
    ([, word, type, what = '', from = '']) => {
      const named = /\{([^}]*)\}/
        .exec(what)?.[1]
        ?.split(',')
        .map((name) => name.trim());
      const values = named?.filter((name) => name !== '' && !name.startsWith('type '));
      if (type !== undefined || values?.length === 0) return [];
      const names = values?.map((name) => name.split(' as ')[0] ?? name) ?? null;
      return [{ path: posix.join(posix.dirname(path), from), names, isExport: word === 'export' }];
    },
  );
}

/**
 * The files that the page runs before anything is seen. Of a feature's door only what is asked for comes in, as the bundler
 * takes it.
 */
export function firstLook(entry: string): readonly string[] {
  const files = new Set<string>();
  const walk = (path: string, names: readonly string[] | null): void => {
    if (!existsSync(path) || !/\.tsx?$/.test(path)) return;
    const isDoor = path.endsWith('/index.ts');
    if (!isDoor && files.has(path)) return;
    if (!isDoor) files.add(path);
    for (const taken of importsOf(path)) {
      const isWanted = !isDoor || names === null || taken.names === null;
      const asked = taken.names?.filter((name) => isWanted || names.includes(name)) ?? null;
      if (asked?.length !== 0) walk(taken.path, asked);
    }
  };
  walk(slashed(entry), null);
  return [...files];
}
