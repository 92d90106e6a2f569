import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { slashed } from '../kit/slashes.ts';
import { isNode, parsed } from './match.ts';
import { ordinary } from './ordinary.ts';
import { projectRoot } from './source-index.ts';

/** One place of a test that plants a fault. */
export interface Finder {
  readonly fault: string;
  readonly file: string;
  /** Number of the security check that it is a control of; empty elsewhere. */
  readonly check: string;
}

/** Where a fault is looked for, by the folder of the test; the first that fits. */
export const levels = {
  window: 'test/electron/security/',
  simulator: 'test/simulation/',
} as const;

const stringOf = (node: unknown): string | null =>
  isNode(node) && node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : null;

function numberOf(properties: readonly unknown[]): string | null {
  const own = properties.filter(isNode).find(({ key }) => isNode(key) && key['name'] === 'number');
  return own === undefined ? null : stringOf(own['value']);
}

/** Every `planted('name')` of a file, in order. Throws where the name is no literal. */
export function findersIn(file: string, text: string): readonly Finder[] {
  const found: Finder[] = [];
  const look = (value: unknown, check: string): void => {
    if (Array.isArray(value)) {
      for (const one of value) look(one, check);
      return;
    }
    if (!isNode(value)) return;
    const { callee, properties } = value;
    if (value.type === 'CallExpression' && isNode(callee) && callee['name'] === 'planted') {
      const fault = stringOf((value['arguments'] as readonly unknown[])[0]);
      if (fault === null) throw new Error(`${file}: a fault is planted by its name as a literal`);
      found.push({ fault, file, check });
    }
    const own = value.type === 'ObjectExpression' ? numberOf(properties as readonly unknown[]) : null;
    for (const field of Object.values(value)) look(field, own ?? check);
  };
  look(parsed(text, file), '');
  return found;
}

/** Texts of what is below `test/`, by their paths from the project's root. */
export const testSources = (): ReadonlyMap<string, string> =>
  new Map(
    Object.values(levels)
      .flatMap((folder) => readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [slashed(path.slice(projectRoot.length + 1)), readFileSync(path, 'utf8')] as const;
      }),
  );

/** Every planting among these files. */
export const findersAmong = (files: ReadonlyMap<string, string>): readonly Finder[] =>
  [...files].filter(([, text]) => text.includes('planted(')).flatMap(([file, text]) => findersIn(file, text));

/** The tests that run what a file says: itself, or those that import it. */
export function testsOf(file: string, files: ReadonlyMap<string, string>): readonly string[] {
  if (file.endsWith('.test.ts')) return [file];
  return [...files]
    .filter(([test]) => test.endsWith('.test.ts'))
    .filter(([test, text]) =>
      [...text.matchAll(/from '(\.[^']+)'/g)].some(
        ([, path = '']) => posix.join(posix.dirname(test), path) === file,
      ),
    )
    .map(([test]) => test);
}

/** Faults that ordinary tests find. */
export const ordinaryFinders: readonly Finder[] = ordinary.map(({ fault, check, by }) => ({
  fault,
  file: `test/${by}.test.ts`,
  check,
}));

/** What does not hold between the faults and those who find them, in words. */
export function unfound(
  faults: readonly string[],
  files: ReadonlyMap<string, string>,
  others: readonly Finder[] = [],
): readonly string[] {
  const finders = [...findersAmong(files), ...others];
  return [
    ...faults
      .filter((name) => !finders.some(({ fault }) => fault === name))
      .map((name) => `${name}: nobody looks for it`),
    ...finders
      .filter(({ fault }) => !faults.includes(fault))
      .map(({ fault, file }) => `${file}: no fault is called ${fault}`),
    ...[...new Set(finders.map(({ file }) => file))]
      .filter((file) => testsOf(file, files).length === 0)
      .map((file) => `${file}: no test runs what it says`),
  ];
}

/** The tests that find a fault at one level, each with the security checks that it is a control of. */
export function foundAt(
  level: keyof typeof levels,
  finders: readonly Finder[],
  files: ReadonlyMap<string, string>,
): readonly string[] {
  const tests = finders
    .filter(({ file }) => file.startsWith(levels[level]))
    .flatMap(({ file, check }) =>
      testsOf(file, files).map((test) => posix.basename(test, '.test.ts') + (check && ` (${check})`)),
    );
  return [...new Set(tests)];
}
