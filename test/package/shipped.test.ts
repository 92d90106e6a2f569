import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  billOfMaterials,
  licencesText,
  notePackages,
  packageFolderOf,
  shippedPackages,
} from '../../scripts/package/shipped.mjs';
import { temporaryFolder } from '../kit/till.ts';

const modules = join(import.meta.dirname, '../../node_modules');
const folders = ['zod', 'undici', '@internationalized/number', 'zod'].map((name) => join(modules, name));

it.each([
  ['/p/node_modules/zod/v4/core.js', '/p/node_modules/zod'],
  ['\0/p/node_modules/react/index.js?commonjs-es-import', '/p/node_modules/react'],
  ['C:\\p\\node_modules\\@scope\\part\\a.js', 'C:/p/node_modules/@scope/part'],
  ['/p/node_modules/a/node_modules/b/i.js', '/p/node_modules/a/node_modules/b'],
  ['/p/main/index.ts', null],
  ['\0vite/preload-helper', null],
])('of %j the package lies in %j', (module, folder) => {
  expect(packageFolderOf(module)).toBe(folder);
});

it('notes whose code a bundle took', () => {
  const file = join(temporaryFolder(), 'deep', 'main.json');
  notePackages(file).generateBundle(
    {},
    { 'a.js': { modules: { '/p/node_modules/zod/a.js': {}, '/p/main/a.ts': {} } }, 'a.css': {} },
  );
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(['/p/node_modules/zod']);
});

it('tells each package once, with the words of its licence', () => {
  const packages = shippedPackages(folders);
  expect(packages.map(({ name }) => name)).toEqual(['@internationalized/number', 'undici', 'zod']);
  const text = licencesText(packages);
  for (const { name, version } of packages) expect(text).toContain(`${name} ${version} (`);
  expect(text.match(/Permission is hereby granted/g)).toHaveLength(2);
});

it('makes a bill of materials with the hashes of the lock file', () => {
  const bill = billOfMaterials(
    shippedPackages(folders.slice(2, 3)),
    { name: 'Counterfoil', version: '1.0.0' },
    () => 'sha512-AAEC',
  );
  expect(bill).toMatchObject({
    bomFormat: 'CycloneDX',
    metadata: { component: { name: 'Counterfoil' } },
    components: [
      {
        purl: expect.stringMatching(/^pkg:npm\/%40internationalized\/number@\d/),
        licenses: [{ expression: 'Apache-2.0' }],
        hashes: [{ alg: 'SHA-512', content: '000102' }],
      },
    ],
  });
});
