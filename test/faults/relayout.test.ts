import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fault } from './fault.ts';
import { lists } from './faults.ts';
import { fits, parsed } from './match.ts';
import { fileOf, plant, type SymbolChange } from './plant.ts';
import { createSourceIndex, projectIndex, projectRoot, type SourceIndex } from './source-index.ts';

// A planted fault knows neither where its symbol lies nor how it is laid out: the sources that any of them changes are
// written by another hand's rules, into other folders, and each is planted there as it is here.

const isOfASymbol = (part: object): part is SymbolChange => 'put' in part && !('page' in part);

const faults = Object.values(lists)
  .flatMap((list) => Object.entries<Fault<object>>(list))
  .map(([name, { changes }]) => ({ name, changes: changes.filter(isOfASymbol) }))
  .filter(({ changes }) => changes.length > 0);

const otherHand = {
  root: true,
  formatter: { indentStyle: 'tab', lineWidth: 60 },
  javascript: {
    formatter: {
      quoteStyle: 'double',
      trailingCommas: 'none',
      arrowParentheses: 'asNeeded',
      bracketSpacing: false,
      semicolons: 'asNeeded',
      quoteProperties: 'preserve',
    },
  },
  linter: { enabled: false },
  assist: { enabled: false },
};

/** A comment behind every statement's beginning, where none says anything. */
const commented = (text: string): string =>
  text.replaceAll(/^([\t ]*)(return|if|const)\b/gm, '$1$2 /* here */');

/** As if somebody had moved each file into a folder of its own. */
const movedTo = (file: string): string =>
  posix.join('main/elsewhere', file.replaceAll('/', '.'), posix.basename(file));

let moved: SourceIndex;
const from = projectIndex();

const folder = mkdtempSync(join(tmpdir(), 'counterfoil-moved-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  const all = faults.flatMap(({ changes }) => changes);
  // What a change imports is there too.
  const used = all.flatMap(({ uses = [] }) => uses).map((name) => from.place(name).file);
  const touched = new Set([...all.map((change) => fileOf(change)), ...used]);
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(otherHand));
  for (const file of touched) {
    mkdirSync(join(folder, posix.dirname(movedTo(file))), { recursive: true });
    writeFileSync(join(folder, movedTo(file)), from.sources.get(file) ?? '');
  }
  const biome = join(projectRoot, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const { status, stderr } = spawnSync(process.execPath, [biome, 'format', '--write', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  moved = createSourceIndex(
    new Map(
      [...touched].map((file) => [
        movedTo(file),
        commented(readFileSync(join(folder, movedTo(file)), 'utf8')),
      ]),
    ),
  );
  expect([...moved.sources].filter(([file, text]) => text === from.sources.get(file))).toEqual([]);
});

/** What a text says, but for where its imports lead. */
const statementsOf = (text: string, file: string) =>
  parsed(text, file).filter(({ type }) => type !== 'ImportDeclaration' && type !== 'EmptyStatement');

it.each(faults)('$name is the same in sources that were moved and laid out anew', ({ changes }) => {
  const here = plant(changes);
  const there = plant(changes, moved);
  expect([...there.keys()]).toEqual([...here.keys()].map(movedTo));
  for (const [file, text] of here) {
    const other = there.get(movedTo(file)) ?? '';
    expect(other).not.toBe(text);
    expect(fits(statementsOf(text, file), statementsOf(other, file))).toBe(true);
  }
});

it('what is imported for a fault is found from where the file lies now', () => {
  const file = movedTo(from.place('createDetectiveService').file);
  const imports = moved.importsFor(file, ['SHORTEST_QUIESCENCE_MS']);
  expect(imports).toMatch(/^import \{ SHORTEST_QUIESCENCE_MS \} from '\.\.\/[^']+\/evidence-policy\.ts';\n$/);
});
