import { describe, expect, it } from 'vitest';

interface Built {
  readonly files: readonly string[];
  readonly version: string;
  readonly productName: string;
  readonly main: string;
  readonly electron: string;
  readonly wantedElectron: string;
  readonly hasSubstituteNote: boolean;
  readonly releaseKeys: number;
}
interface ReleaseGuard {
  isSubstituteName(name: string): boolean;
  releaseProblems(built: Built): string[];
  testBuildProblems(files: readonly string[]): string[];
}

const { isSubstituteName, releaseProblems, testBuildProblems } = (await import(
  new URL('../../scripts/package/release-guard.mjs', import.meta.url).href
)) as ReleaseGuard;

const files = [
  'package.json',
  'out/main/index.cjs',
  'out/main/start-B2yT1_aZ.cjs',
  'out/main/start-B2yT1_aZ.cjs.bytecode',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'out/renderer/assets/index-B2yT1_aZ.js',
  'node_modules/better-sqlite3/lib/database.js',
  'node_modules/better-sqlite3/prebuilds/linux-x64.node',
  'node_modules/undici/lib/web/fetch/index.js',
];
const release: Built = {
  ...{ files, version: '1.2.3', productName: 'Counterfoil', main: 'out/main/index.cjs' },
  ...{ electron: '45.4.1', wantedElectron: '45.4.1', hasSubstituteNote: false, releaseKeys: 2 },
};

describe('a release', () => {
  it('holds the bundles and the two modules that they load', () => {
    expect(releaseProblems(release)).toEqual([]);
  });

  it.each([
    ['scripts/substitute/loader.cjs', 'of the substitute runtime'],
    ['out/main/index.cjs.map', 'a source map'],
    ['main/index.ts', 'a source file'],
    ['node_modules/undici/test/a.js', 'a test'],
    ['node_modules/undici/README', 'nobody has said that it is shipped'],
    ['out/main/debug.log', 'nobody has said that it is shipped'],
    ['.env', 'nobody has said that it is shipped'],
    ['out/main/index.cjs.bytecode', 'nobody has said that it is shipped'],
    ['out/main/start-C3zU2_bA.cjs.bytecode', 'bytecode without its source'],
  ])('holds no %s', (path, what) => {
    expect(releaseProblems({ ...release, files: [...files, path] })).toEqual([`${path}: ${what}`]);
  });

  it.each([
    [{ electron: '33.2.1' }, 'it holds Electron 33.2.1, and package.json says 45.4.1'],
    [{ main: 'scripts/substitute/loader.cjs' }, 'it starts scripts/substitute/loader.cjs'],
    [{ releaseKeys: 0 }, 'it has no key to check a list of releases by: no update would ever reach it'],
    [{ hasSubstituteNote: true }, 'its package.json names a program that a substitute runtime starts'],
    [{ productName: 'Counterfoil-substitute' }, 'its product is Counterfoil-substitute'],
    [{ version: '1.2.3-substitute' }, 'its version is 1.2.3-substitute'],
  ])('is none with %o', (change, problem) => {
    expect(releaseProblems({ ...release, ...change })).toEqual([problem]);
  });

  it('is told from a test build by its name', () => {
    expect(isSubstituteName('Counterfoil')).toBe(false);
    expect(isSubstituteName('Counterfoil-substitute')).toBe(true);
  });
});

describe('a build for tests', () => {
  it('holds beside it what starts the substitute runtime', () => {
    expect(testBuildProblems([...files, 'scripts/substitute/loader.cjs'])).toEqual([]);
  });

  it('holds no sources either', () => {
    const found = testBuildProblems([...files, 'test/walls.test.ts', 'scripts/start.mjs']);
    expect(found).toEqual([
      'test/walls.test.ts: a source file',
      'scripts/start.mjs: nobody has said that it is shipped',
    ]);
  });
});
