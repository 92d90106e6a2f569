import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, matchesGlob, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import config from '../vitest.config.ts';

const root = resolve(import.meta.dirname, '..');

const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .map((name) => `test/${name.replaceAll('\\', '/')}`)
  .filter((path) => /\.test\.tsx?$/.test(path));

interface Row {
  readonly rule: string;
  readonly enforcedBy: readonly string[];
  readonly command: string;
}

const inCode = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

/** The rows of every table of a page, its heads left out. */
const rowsOf = (page: string): readonly Row[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (rule|-)/.test(line))
    .map((line) => {
      const [, rule = '', , enforcedBy = '', shownBy = ''] = line.split('|').map((cell) => cell.trim());
      return { rule, enforcedBy: inCode(enforcedBy), command: inCode(shownBy)[0] ?? '' };
    });

interface Project {
  readonly name: string;
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
}

const filesOf = ({ include, exclude = [] }: Project): readonly string[] => {
  const isIn = (path: string, globs: readonly string[]) => globs.some((glob) => matchesGlob(path, glob));
  return tests.filter((path) => isIn(path, include) && !isIn(path, exclude));
};

/** The test files of each project. */
const projects = new Map(
  (config.test?.projects ?? []).map((project) => {
    const { test } = project as { readonly test: Project };
    return [test.name, filesOf(test)];
  }),
);

const COMMAND = /^npx vitest run((?: --project [\w-]+)+)((?: [\w/-]+)*)(?: -t "[\w-]+")?$/;

/** What a command asks for that is not there: a project, or tests of its projects by a part of their names. */
function unfound(command: string): readonly string[] {
  const [, of = '', parts = ''] = COMMAND.exec(command) ?? [];
  const names = of.split(' --project ').slice(1);
  if (names.length === 0 || names.some((name) => !projects.has(name))) return [command];
  const found = names.flatMap((name) => projects.get(name) ?? []);
  const asked = parts.split(' ').slice(1);
  return asked.filter((part) => !found.some((path) => path.includes(part)));
}

/** What a row names that is not there. */
function missing({ rule, enforcedBy, command }: Row): readonly string[] {
  const files = enforcedBy.length === 0 ? ['nothing that enforces it'] : enforcedBy;
  return [...files.filter((path) => !existsSync(join(root, path))), ...unfound(command)].map(
    (what) => `${rule}: ${what}`,
  );
}

describe('every invariant', () => {
  it('names what enforces it, and a command that finds its tests', () => {
    const rows = rowsOf(readFileSync(join(root, 'docs/invariants.md'), 'utf8'));
    expect(rows.length).toBeGreaterThan(25);
    expect(rows.flatMap(missing)).toEqual([]);
  });

  it.each([
    '| a | b | nobody | `npx vitest run --project unit sending/plan` |',
    '| a | b | `main/sending/plan.ts` | `npx vitest run --project simulation sending/plan` |',
    '| a | b | `main/sending/plan.ts` | `npm run hope` |',
  ])('is seen to lack something: %s', (line) => {
    expect(rowsOf(line).flatMap(missing)).toHaveLength(1);
  });
});
