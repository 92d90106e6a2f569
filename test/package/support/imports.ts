import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** The packages that the program's own sources take code of, types aside: whatever a bundler says, these are in it. */
export function bareImports(): readonly string[] {
  const found = new Set<string>();
  for (const part of ['main', 'preload', 'renderer']) {
    const files = readdirSync(join(root, part), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => /\.(tsx?|css)$/.test(name)))
      for (const name of importsOf(readFileSync(join(root, part, file), 'utf8'))) found.add(name);
  }
  return [...found].sort();
}

const specifier =
  /(?:^|\n)\s*(?:@import|(?:import|export)(?!\s+type\b))\s(?:[\w*${}\s,]*?\sfrom\s)?['"]([^'"]+)['"]/g;

/** Asked for when it is needed, or by a style sheet. */
const later = /\b(?:import|url)\(\s*['"]([^'"]+)['"]/g;

const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(specifier), ...text.matchAll(later)]
    .map(([, name = '']) => name)
    .filter((name) => /^@?[a-z]/.test(name) && !name.startsWith('node:') && name !== 'electron')
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
