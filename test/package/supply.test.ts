import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  billProblems,
  type ElectronLines,
  electronProblems,
  fuseProblems,
  type LockFile,
  lockProblems,
  wantedFuses,
} from '../../scripts/package/supply.mjs';
import { bareImports } from './support/imports.ts';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const json = <T>(name: string) => JSON.parse(read(name)) as T;

describe('19: the Electron that is shipped', () => {
  const lines = json<ElectronLines>('scripts/package/electron-lines.json');
  const { electron } = json<{ devDependencies: { electron: string } }>('package.json').devDependencies;
  const problems = (version: string, day: string) => electronProblems(version, lines, Date.parse(day));

  it('was of a supported line when the lines were read', () => {
    expect(problems(electron, lines.readOn)).toEqual([]);
  });

  it.each(['42.9.9', '33.2.1', '46.0.0', '45.0.0-beta.1', 'latest', '4.5.0'])('is not %s', (version) => {
    expect(problems(version, '2026-11-26')).toEqual([
      `Electron ${version} is of no line that is supported: 45, 44, 43`,
    ]);
  });

  it('is of the three newest: a line that came is one less for the oldest', () => {
    const later = { ...lines, firstOfLine: { ...lines.firstOfLine, 46: '2026-12-01' } };
    expect(electronProblems('43.1.0', later, Date.parse('2026-11-30'))).toEqual([]);
    expect(electronProblems('43.1.0', later, Date.parse('2026-12-01'))).toHaveLength(1);
  });

  it.each(['2026-12-27', '2026-11-25', 'no day'])('is judged on %s by no reading of another time', (day) => {
    expect(problems(electron, day)).toEqual([expect.stringContaining('read them anew')]);
  });
});

describe('20: what npm installs', () => {
  const lock = json<LockFile>('package-lock.json');
  const npmrc = read('.npmrc');
  const withEntry = (change: object) => {
    const { 'node_modules/zod': zod, ...others } = lock.packages;
    return lockProblems({ packages: { ...others, 'node_modules/zod': { ...zod, ...change } } }, npmrc);
  };

  it('is locked whole, from the registry, and runs nothing', () => {
    expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
    expect(lockProblems(lock, npmrc)).toEqual([]);
  });

  it.each([
    ['no hash', { integrity: undefined }],
    ['no hash', { integrity: 'sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=' }],
    ['from https://npm.example/zod.tgz', { resolved: 'https://npm.example/zod.tgz' }],
    ['from git+ssh://git@host/zod.git', { resolved: 'git+ssh://git@host/zod.git' }],
    ['no version of a registry', { version: 'https://npm.example/zod.tgz' }],
    ['no version of a registry', { link: true }],
    ['runs something when installed', { hasInstallScript: true }],
  ])('is refused with %s', (words, change) => {
    expect(withEntry(change)).toEqual([`zod: ${words}`]);
  });

  it('is refused where it would be chosen anew, come from elsewhere, or run its scripts', () => {
    const own = { dependencies: { undici: '^8.0.0' } };
    const loose = lockProblems({ packages: { '': own } }, 'registry = https://npm.example/\n');
    expect(loose).toEqual([
      '.npmrc: install scripts are run',
      '.npmrc: registry=https://npm.example/',
      'undici: wanted as ^8.0.0',
    ]);
  });

  it('is what was locked: npm ci everywhere, npm install nowhere', () => {
    for (const file of ['.ci/run', 'README.md']) {
      expect(read(file)).toContain('npm ci');
      expect(read(file)).not.toMatch(/npm (i|install)\b/);
    }
  });
});

describe('20: the bill of materials', () => {
  const bill = { components: [{ purl: 'pkg:npm/zod@4.0.0' }, { purl: 'pkg:npm/%40scope/part@1.0.0' }] };

  it('names each package', () => {
    expect(
      billProblems(bill, [
        { name: 'zod', version: '4.0.0' },
        { name: '@scope/part', version: '1.0.0' },
      ]),
    ).toEqual([]);
  });

  it.each([
    ['undici', '4.0.0'],
    ['zod', '4.0.1'],
  ])('is found out without %s %s', (name, version) => {
    expect(billProblems(bill, [{ name, version }])).toEqual([
      `${name} ${version} is not in the bill of materials`,
    ]);
  });

  it('is held against what the sources ask for', () => {
    const asked = bareImports();
    expect(asked).toEqual(
      expect.arrayContaining([
        'zod',
        'react-dom',
        'undici',
        'electron-updater',
        '@fontsource-variable/inter',
      ]),
    );
    expect(asked.every((name) => !name.startsWith('node:') && !name.startsWith('.'))).toBe(true);
  });
});

describe('18: a program', () => {
  it.each(Object.keys(wantedFuses))('is none with %s as it should not be, or without it', (name) => {
    const problem = [expect.stringContaining(`the fuse ${name} is not`)];
    expect(fuseProblems({ ...wantedFuses, [name]: !wantedFuses[name] })).toEqual(problem);
    const { [name]: _, ...others } = wantedFuses;
    expect(fuseProblems(others)).toEqual(problem);
    expect(fuseProblems(wantedFuses)).toEqual([]);
  });
});
