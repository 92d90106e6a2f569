import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lists } from './faults.ts';
import { findersIn, ordinaryFinders, testSources, unfound } from './found-by.ts';
import * as opened from './lists/opened.ts';
import { type AnyChange, plant } from './plant.ts';
import { registry } from './registry.ts';
import { createSourceIndex, projectRoot } from './source-index.ts';

const isChange = (part: object): part is AnyChange => 'put' in part;
const faults = Object.values(lists).flatMap((list) => Object.entries(list));

/** Every group of changes that is made together, by its name; what Electron's own doors open is not ours to fit. */
const groups: readonly (readonly [name: string, changes: readonly AnyChange[]])[] = [
  ...faults.map(([name, { changes }]) => [name, changes.filter(isChange)] as const),
  ...Object.entries(opened).flatMap(([name, layer]) =>
    typeof layer === 'string' ? [] : [[name, [layer].flat().filter(isChange)] as const],
  ),
];

describe('every planted fault', () => {
  it.each(groups)('%s fits its source exactly once', (_name, changes) => {
    expect(() => plant(changes)).not.toThrow();
  });

  it('has a name of its own, and is looked for by a test that runs', () => {
    const names = faults.map(([name]) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(unfound(names, testSources(), ordinaryFinders)).toEqual([]);
    expect(ordinaryFinders.filter(({ file }) => !existsSync(join(projectRoot, file)))).toEqual([]);
  });

  it('stands in the registry with who finds it', async () => {
    await expect(registry()).toMatchFileSnapshot('registry.md');
  });
});

describe('a fault that does not fit is told', () => {
  const index = createSourceIndex(
    new Map([
      [
        'main/a.ts',
        'export const twice = (x: number) => f(x) + f(x);\nconst own = 1;\nexport const once = [1, 2, 3];',
      ],
      ['main/b.ts', 'export const once = 1;\nexport const other = { inner: 1, more: { inner: 2 } };'],
      ['renderer/index.html', '<meta content="a-src x; b-src y" /><meta content="b-src z" />'],
    ]),
  );
  const at = (change: Partial<AnyChange>): AnyChange => ({ put: 'put', ...change }) as AnyChange;

  it.each<readonly [string, readonly Partial<AnyChange>[]]>([
    ['twice: found 2 times: f(x)', [{ in: 'twice', find: 'f(x)' }]],
    ['twice: found 0 times: g(x)', [{ in: 'twice', find: 'g(x)' }]],
    ['nowhere: no module declares it', [{ in: 'nowhere', find: 'f(x)' }]],
    ['once: several modules declare it', [{ in: 'once', find: '1' }]],
    ['once: no module declares it', [{ in: 'once', beside: 'nowhere', find: '1' }]],
    ['other.inner: inner is there 2 times', [{ in: 'other.inner', find: '1' }]],
    ['other.nothing: nothing is there 0 times', [{ in: 'other.nothing', find: '1' }]],
    ['no pattern of the language', [{ in: 'twice', find: 'const = ;' }]],
    ['$y is not in the pattern', [{ in: 'twice', find: '$x + f(x)', put: '$y' }]],
    ['nowhere: no module declares it', [{ in: 'twice', find: '$x + f(x)', uses: ['nowhere'] }]],
    ['own: its module does not export it', [{ in: 'other.more', find: 'inner: 2', uses: ['own'] }]],
    [
      'two changes meet',
      [
        { in: 'twice', find: '$x + f(x)' },
        { in: 'twice', find: 'x: number' },
        { in: 'twice', find: '(x: number) => $sum' },
      ],
    ],
    ['the page index: found 2 times: b-src', [{ page: 'index', directive: 'b-src' }]],
    ['the page index: found 0 times: c-src', [{ page: 'index', directive: 'c-src' }]],
    ['there are 0 such pages', [{ page: 'customer', directive: 'a-src' }]],
  ])('%s', (words, changes) => {
    expect(() => plant(changes.map(at), index)).toThrow(words);
  });
});

describe('a registry that does not hold is told', () => {
  const test = "const check = { number: '26', controls: [{ ...planted('known'), finds: 'x' }] };";
  const files = (text: string, file = 'test/electron/security/a.test.ts') => new Map([[file, text]]);

  it.each([
    ['lonely: nobody looks for it', ['known', 'lonely'], files(test)],
    ['test/electron/security/a.test.ts: no fault is called known', [], files(test)],
    [
      'test/electron/security/b.ts: no test runs what it says',
      ['known'],
      files(test, 'test/electron/security/b.ts'),
    ],
  ])('%s', (words, names, tests) => {
    expect(unfound(names, tests)).toEqual([words]);
  });

  it('nothing is told where it holds, also of what a test imports', () => {
    const helper = new Map([
      ...files(test, 'test/electron/security/support/b.ts'),
      ...files("import { check } from './support/b.ts';"),
    ]);
    expect(unfound(['known'], helper)).toEqual([]);
  });

  it('the number of its check goes with a fault', () => {
    expect(findersIn('a.ts', test)).toEqual([{ fault: 'known', file: 'a.ts', check: '26' }]);
    expect(() => findersIn('a.ts', 'planted(name)')).toThrow('a.ts: a fault is planted by its name');
  });
});
