import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { doors, faceProblems, importsOf, wallsBroken } from './support/walls.ts';

const root = resolve(import.meta.dirname, '..');

const sources = ['main', 'preload', 'renderer'].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/.test(name))
    .map((name) => `${room}/${name.replaceAll('\\', '/')}`),
);

// [file, text]: each breaks one wall.
const offences: [string, string][] = [
  // What is outside.
  ['renderer/shared/c.ts', "import { x } from '../../main/sending/loop.ts';"],
  ['renderer/d.ts', "import { readFile } from 'node:fs/promises';"],
  ['renderer/kit/c.ts', "import { createStore } from 'zustand/vanilla';"],
  ['preload/contract/a.ts', "import { app } from 'electron';"],
  ['preload/contract/d.ts', "export * from '../../renderer/shared/bridge.ts';"],
  ['preload/a.ts', "import { x } from '../main/kernel/ports.ts';"],
  ['main/app/slices.ts', "import { app } from 'electron';"],
  ['main/sending/a.ts', "import type { Net } from 'electron';"],
  ['main/sending/b.ts', "import { request } from 'undici';"],
  ['main/members/d-repository.ts', "import type Database from 'better-sqlite3';"],
  ['main/app/electron/h.ts', "import { x } from '../../../renderer/shared/bridge.ts';"],
  // The wire is known by who chooses it alone, by its face too, and by its witness least of all.
  ['main/app/slices.ts', "import { kybio } from '../hosts/kybio/index.ts';"],
  ['main/hosts/practice/w.ts', "import { signBody } from '../kybio/body.ts';"],
  // The order of the slices: types as well, by a face as well.
  ['main/kernel/a.ts', "import type { X } from '../ledger/index.ts';"],
  ['main/sending/c.ts', "const x = await import('../counter/index.ts');"],
  ['preload/contract/ledger/a.ts', "import { x } from '../day/shifts.ts';"],
  ['preload/contract/kernel/a.ts', "import { x } from '../index.ts';"],
  ['renderer/counter/review/d.ts', "import type { X } from '../../day/shifts/index.ts';"],
  // Faces.
  ['main/sending/d.ts', "import { x } from '../ledger/outbox-repository.ts';"],
  ['main/index.ts', "import { x } from './updates/product.ts';"],
  ['renderer/g.ts', "import { x } from './counter/counter/form.ts';"],
  ['renderer/counter/review/a.ts', "import type { X } from '../counter/form.ts';"],
  // Below all slices of the page.
  ['renderer/kit/a.ts', "import { x } from '../shared/view.ts';"],
  ['renderer/shared/a.ts', "import type { X } from '../counter/counter/index.ts';"],
  ['renderer/frame/a.ts', "import { x } from '../people/manager/index.ts';"],
  ['renderer/counter/review/e.ts', "import words from './words.json';"],
];

const permitted: [string, string][] = [
  ['main/app/host-protocol.ts', "import { kybio } from '../hosts/kybio/index.ts';"],
  ['main/hosts/kybio/b.ts', "import type { Read } from '../port/member-host.ts';\nimport './words.ts';"],
  ['main/hosts/kybio/a.ts', "import { request } from 'undici';"],
  ['main/kernel/database/a.ts', "import Database from 'better-sqlite3';"],
  [
    'main/index.ts',
    "import { app } from 'electron';\nimport './app/slices.ts';\nimport './updates/index.ts';",
  ],
  ['main/app/electron/b.ts', "import icon from '../../../build/icon.png?asset';"],
  ['main/app/electron/a.ts', "import { app } from 'electron';\nimport '../../updates/trial/index.ts';"],
  ['main/app/ipc/a.ts', "import { ipcMain } from 'electron';"],
  [
    'main/sending/a.ts',
    "import { x } from '../ledger/index.ts';\nimport '../ledger/journal/index.ts';\nimport './b.ts';\nimport '../kernel/database/db.ts';\nimport { y } from '../../preload/contract/index.ts';",
  ],
  ['renderer/a.ts', "import type { X } from '../preload/contract/index.ts';"],
  ['renderer/b.ts', "import { createRoot } from 'react-dom/client';\nimport './main.tsx';"],
  ['renderer/c.tsx', "import icon from '../build/icon.svg';"],
  ['renderer/d.ts', "import { x } from './counter/counter/index.ts';"],
  ['renderer/kit/a.ts', "import type { X } from '../../preload/contract/index.ts';\nimport './b.ts';"],
  ['renderer/shared/a.ts', "import { createStore } from 'zustand/vanilla';\nimport '../kit/b.ts';"],
  ['renderer/shared/b.ts', "import { firstEnglish } from '../locales/index.ts';"],
  ['renderer/locales/a.ts', "export type Words = typeof import('../counter/review/words.json');"],
  ['renderer/frame/a.ts', "import '../kit/a.ts';\nimport '../shared/a.ts';"],
  [
    'renderer/counter/review/a.ts',
    "import './b.ts';\nimport '../../kit/a.ts';\nimport '../../shared/a.ts';\nimport '../../frame/index.ts';\nimport '../counter/index.ts';\nimport '../../people/manager/index.ts';",
  ],
  ['preload/contract/day/a.ts', "import { z } from 'zod';\nimport '../kernel/money.ts';"],
  ['preload/contract/index.ts', "export * from './app/app.ts';"],
  ['preload/index.ts', "import { contextBridge } from 'electron';\nimport './contract/index.ts';"],
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

  it('have doors that hand on names, and not many of them', () => {
    expect(doors.filter((door) => !existsSync(join(root, door)))).toEqual([]);
    expect(doors.flatMap((door) => faceProblems(door, readFileSync(join(root, door), 'utf8')))).toEqual([]);
    const names = Array.from({ length: 41 }, (_, at) => `name${at}`);
    expect(faceProblems('a', `export { ${names.join(', ')} } from './x.ts';`)).toEqual(['a: 41 names']);
    expect(
      faceProblems('a', "export { x } from './x.ts';\nexport type {\n  X,\n  Y,\n} from './y.ts';"),
    ).toEqual([]);
    expect(faceProblems('a', "export * from './x.ts';")).toHaveLength(1);
    expect(faceProblems('a', "export { x } from './x.ts';\nexport const y = 1;")).toHaveLength(1);
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
});
