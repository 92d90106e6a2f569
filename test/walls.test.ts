import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesOf, importsOf, pairsOf, wallsBroken } from './support/walls.ts';

const root = resolve(import.meta.dirname, '..');

const sources = ['main', 'preload', 'renderer'].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/.test(name))
    .map((name) => `${room}/${name.replaceAll('\\', '/')}`),
);

const textsOf = (paths: readonly string[]): ReadonlyMap<string, string> =>
  new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));

// [file, text]: each breaks one wall.
const offences: [string, string][] = [
  ['renderer/shared/c.ts', "import { x } from '../../main/sync/loop.ts';"],
  ['renderer/shared/d.ts', "const x = await import('../../main/sync/loop.ts');"],
  ['renderer/c.ts', "import type { X } from '../preload/index.ts';"],
  ['renderer/d.ts', "import { readFile } from 'node:fs/promises';"],
  ['renderer/e.ts', "export { ipcRenderer } from 'electron';"],
  ['renderer/f.ts', "import 'undici';"],
  ['renderer/g.ts', "import { x } from './counter/counter/form.ts';"],
  ['renderer/kit/a.ts', "import { x } from '../shared/view.ts';"],
  ['renderer/kit/b.ts', "import { x } from '../counter/counter/index.ts';"],
  ['renderer/kit/c.ts', "import { createStore } from 'zustand/vanilla';"],
  ['renderer/kit/d.ts', "import { x } from '../app.tsx';"],
  ['renderer/shared/a.ts', "import type { X } from '../counter/counter/index.ts';"],
  ['renderer/shared/b.ts', "import { x } from '../app.tsx';"],
  ['renderer/counter/review/a.ts', "import type { X } from '../counter/form.ts';"],
  ['renderer/counter/review/b.ts', "import { x } from '../../counter/counter/form.ts';"],
  ['renderer/counter/review/c.ts', "import { x } from '../../app.tsx';"],
  ['preload/contract/a.ts', "import { app } from 'electron';"],
  ['preload/contract/b.ts', "import { createHash } from 'node:crypto';"],
  ['preload/contract/c.ts', "import type { X } from '../../main/ports.ts';"],
  ['preload/contract/d.ts', "export * from '../../renderer/shared/bridge.ts';"],
  ['preload/contract/e.ts', "import '../index.ts';"],
  ['preload/contract/f.ts', "import { useState } from 'react';"],
  ['preload/a.ts', "import { x } from '../main/kernel/ports.ts';"],
  ['preload/b.ts', "import { join } from 'node:path';"],
  ['main/app/open-session.ts', "import { app } from 'electron';"],
  ['main/sync/a.ts', "import type { Net } from 'electron';"],
  ['main/sync/b.ts', "import { request } from 'undici';"],
  ['main/sync/c.ts', "import Database from 'better-sqlite3';"],
  ['main/members/d.ts', "import type Database from 'better-sqlite3';"],
  ['main/hosts/kybio/e.ts', "import Database from 'better-sqlite3';"],
  ['main/hosts/kybio/f-repository.ts', "import { request } from 'undici';"],
  ['main/app/ipc/g.ts', "import Database from 'better-sqlite3';"],
  ['main/app/electron/h.ts', "import { x } from '../../../renderer/shared/bridge.ts';"],
  ['main/outbox/i.ts', "import { BrowserWindow } from 'electron';"],
  ['main/sync/k.ts', "import type { KnownWords } from '../hosts/kybio/words.ts';"],
  ['main/outbox/m.ts', "import { signBody } from '../hosts/kybio/body.ts';"],
  ['main/app/electron/l.ts', "import { kybio } from '../../hosts/kybio/kybio.ts';"],
  ['main/counter/j.ts', "import { x } from '../../preload/index.ts';"],
];

const permitted: [string, string][] = [
  ['main/app/compose-core.ts', "import { kybio } from '../hosts/kybio/kybio.ts';"],
  ['main/hosts/kybio/b.ts', "import type { Read } from '../port/member-host.ts';\nimport './words.ts';"],
  ['renderer/a.ts', "import type { X } from '../preload/contract/index.ts';"],
  ['renderer/b.ts', "import { createRoot } from 'react-dom/client';\nimport './main.tsx';"],
  ['renderer/d.ts', "import { x } from './counter/counter/index.ts';"],
  ['renderer/kit/a.ts', "import type { X } from '../../preload/contract/index.ts';\nimport './b.ts';"],
  ['renderer/shared/a.ts', "import { createStore } from 'zustand/vanilla';\nimport '../kit/b.ts';"],
  ['renderer/shared/b.ts', "import en from '../locales/en.json';"],
  [
    'renderer/counter/review/a.ts',
    "import './b.ts';\nimport '../../kit/a.ts';\nimport '../../shared/a.ts';\nimport '../counter/index.ts';",
  ],
  ['renderer/counter/review/b.ts', "import type { X } from '../../../preload/contract/index.ts';"],
  ['preload/contract/a.ts', "import { z } from 'zod';\nimport './money.ts';"],
  ['preload/index.ts', "import { contextBridge } from 'electron';\nimport './contract/index.ts';"],
  ['main/index.ts', "import { app } from 'electron';\nimport './compose.ts';"],
  ['renderer/c.tsx', "import icon from '../build/icon.svg';"],
  ['main/app/electron/b.ts', "import icon from '../../../build/icon.png?asset';"],
  ['main/app/electron/a.ts', "import { app } from 'electron';"],
  ['main/app/ipc/a.ts', "import { ipcMain } from 'electron';"],
  ['main/kernel/database/a.ts', "import Database from 'better-sqlite3';"],
  ['main/ledger/a.ts', "import Database from 'better-sqlite3';"],
  ['main/members/a-repository.ts', "import Database from 'better-sqlite3';"],
  ['main/hosts/kybio/a.ts', "import { request } from 'undici';"],
  [
    'main/sync/a.ts',
    "import { x } from '../outbox/a.ts';\nimport { y } from '../../preload/contract/money.ts';",
  ],
];

describe('the walls between the rooms', () => {
  it('stand in every file', () => {
    expect(sources.length).toBeGreaterThan(3);
    expect(sources.flatMap((path) => wallsBroken(path, readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });

  it('leave undici unread until the first call, which no start waits for', () => {
    const reads = (path: string) =>
      /^import (?!type ).*'undici';/m.test(readFileSync(join(root, path), 'utf8'));
    expect(sources.filter((path) => path.startsWith('main/') && reads(path))).toEqual([]);
  });

  it.each(offences)('are seen to be broken in %s by %s', (path, text) => {
    expect(wallsBroken(path, text)).toHaveLength(1);
  });

  it.each(permitted)('let %s do %s', (path, text) => {
    expect(wallsBroken(path, text)).toEqual([]);
  });

  it('leave no circle of files, types included', () => {
    expect(circlesOf(textsOf(sources))).toEqual([]);
    const circle: [string, string][] = [
      ['renderer/a.ts', "import { x } from './kit/b.ts';"],
      ['renderer/kit/b.ts', "export * from './c.ts';"],
      ['renderer/kit/c.ts', "import type { Y } from '../a.ts';"],
      ['renderer/d.ts', "import './a.ts';"],
    ];
    expect(circlesOf(new Map(circle))).toEqual([
      'renderer/a.ts -> renderer/kit/b.ts -> renderer/kit/c.ts -> renderer/a.ts',
    ]);
    expect(circlesOf(new Map(circle.slice(1)))).toEqual([]);
  });

  it('leave no two rooms of main that import each other, types included', () => {
    expect(pairsOf(textsOf(sources))).toEqual([]);
    const pair: [string, string][] = [
      ['main/a/one.ts', "import { x } from '../b/one.ts';"],
      ['main/b/one.ts', "import './two.ts';"],
      ['main/b/two.ts', "import type { Y } from '../a/two.ts';"],
      ['main/a/two.ts', "import { z } from '../ports.ts';"],
      ['main/kernel/ports.ts', "import type { Z } from './a/one.ts';"],
    ];
    expect(pairsOf(new Map(pair))).toEqual([
      'main/a/one.ts -> main/b/one.ts, main/b/two.ts -> main/a/two.ts',
    ]);
    expect(pairsOf(new Map(pair.slice(1)))).toEqual([]);
  });

  it('are broken by require and by computed imports too, but not by comments', () => {
    expect(wallsBroken('main/sync/a.ts', "const { app } = require('electron');")).toHaveLength(1);
    expect(wallsBroken('renderer/a.ts', 'const x = await import(name);')).toHaveLength(1);
    expect(wallsBroken('renderer/a.ts', 'const x = await import(`../main/$' + '{name}.ts`);')).toHaveLength(
      1,
    );
    expect(wallsBroken('renderer/a.ts', "// import 'electron';\n/* import 'undici'; */")).toEqual([]);
    expect(importsOf("import {\n  a,\n  type B,\n} from 'x'; export * from \"y\"; import 'z';")).toEqual([
      'x',
      'y',
      'z',
    ]);
  });

  it('leave constructing services to compose.ts and its parts', () => {
    const offence =
      "import { createTopUpService } from './top-up-service.ts';\nconst service = createTopUpService(parts);";
    expect(wallsBroken('main/counter/a.ts', offence)).toHaveLength(1);
    expect(wallsBroken('main/index.ts', 'const service = new SyncService(parts);')).toHaveLength(1);
    expect(wallsBroken('main/app/open-session.ts', offence)).toEqual([]);
    expect(wallsBroken('main/app/compose-services.ts', offence)).toEqual([]);
    expect(wallsBroken('main/counter/a.ts', 'export function createTopUpService(parts: Parts) {}')).toEqual(
      [],
    );
  });

  it('keep the names by which that is checked', () => {
    const services = sources.filter((path) => /^main\/.*-service\.ts$/.test(path));
    const nameless = services.filter(
      (path) =>
        !/export (function create\w+Service\b|class \w+Service\b)/.test(
          readFileSync(join(root, path), 'utf8'),
        ),
    );
    expect(nameless).toEqual([]);
  });
});

describe('the linter', () => {
  it('reports the same walls', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'walls-'));
    try {
      cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
      const place = (side: string, [path, text]: [string, string]) => {
        const name = path.replace(
          /([\w-]+)\.ts$/,
          /^(preload\/index|main\/index|main\/app\/compose-)/.test(path) ? '$1.ts' : `${side}-$1.ts`,
        );
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), `${text}\n`);
        return name;
      };
      const wrong = offences.map((file) => place('wrong', file));
      for (const file of permitted) place('right', file);
      expect(await reported(folder)).toEqual(wrong.sort());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

async function reported(folder: string): Promise<string[]> {
  const args = ['lint', '--only=style/noRestrictedImports', '--reporter=json', '--max-diagnostics=none'];
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const output = await new Promise<string>((done) => {
    execFile(process.execPath, [biome, ...args], { cwd: folder }, (_error, stdout) => done(stdout));
  });
  const { diagnostics }: { diagnostics: { location: { path: string } }[] } = JSON.parse(output);
  return [...new Set(diagnostics.map((diagnostic) => diagnostic.location.path.replaceAll('\\', '/')))].sort();
}
