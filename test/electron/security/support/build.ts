import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConfig } from 'electron-vite';
import { build, type Plugin } from 'vite';
import { afterAll } from 'vitest';
import { type AnyChange, plant } from '../../../faults/plant.ts';
import { projectRoot as root, type Sources } from '../../../faults/source-index.ts';
import { isDoor, type Undone } from './doors.ts';

const scratched = new Set<string>();
afterAll(() => {
  for (const folder of scratched) rmSync(folder, { recursive: true, force: true });
});

/** A new folder, gone with the test file at the latest. */
export function scratch(name: string, parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, `counterfoil-${name}-`));
  scratched.add(folder);
  return folder;
}

type Bundle = 'main' | 'preload' | 'renderer';

/** The bundles that a source file is part of. The contract is in all three, but only main reads it to refuse. */
const bundleOf = (file: string): Bundle =>
  file.startsWith('renderer/') ? 'renderer' : file.startsWith('preload/index') ? 'preload' : 'main';

function planting(texts: Sources): Plugin {
  return {
    name: 'plant',
    enforce: 'pre',
    transform: (_code, id) => texts.get(id.split('?')[0] ?? '') ?? null,
  };
}

/** Builds one bundle as the project's own configuration says, with these texts in the place of others. */
async function bundle(name: Bundle, texts: Sources, outDir: string): Promise<void> {
  const options = { root, configFile: join(root, 'electron.vite.config.ts'), logLevel: 'warn' as const };
  const { config } = await resolveConfig(options, 'build', 'production');
  const own = config?.[name];
  if (own === undefined) throw new Error(`the configuration has no ${name}`);
  await build({
    ...own,
    plugins: [...(own.plugins ?? []), planting(texts)],
    build: { ...own.build, outDir, emptyOutDir: true },
  });
}

// Scripts of the page's own origin, as an attacker's would be who got into the renderer's folder.
const probes: Readonly<Record<string, string>> = {
  'probe-worker.js': 'postMessage([typeof require, typeof process, typeof module].join());',
  'probe-eval.js': 'try { window.evaluated = eval("true"); } catch { window.evaluated = false; }',
};

// A window that is made while Playwright attaches can leave it waiting for ever.
const held = `
const { app } = require('electron');
require('./doors.cjs');
const ready = app.whenReady();
const attached = new Promise((attach) => { globalThis.__playwright_run = () => attach(); });
if (!app.commandLine.hasSwitch('not-held')) app.whenReady = () => attached.then(() => ready);
require('./out/main/index.cjs');
`;

// The app is given an Electron that is Electron's own, but for its windows' preferences.
const unlocked = (doors: readonly string[]) => `
const Module = require('node:module');
const actual = require('electron');
const preferences = {};
function BrowserWindow(options) {
  const webPreferences = { ...options?.webPreferences, ...(options?.webPreferences?.preload ? preferences : {}) };
  return new actual.BrowserWindow({ ...options, webPreferences });
}
Object.setPrototypeOf(BrowserWindow, actual.BrowserWindow);
BrowserWindow.prototype = actual.BrowserWindow.prototype;
const electron = new Proxy(actual, {
  get: (of, name) => (name === 'BrowserWindow' ? BrowserWindow : name === 'preferences' ? preferences : of[name]),
});
const load = Module._load;
Module._load = (request, ...rest) => (request === 'electron' ? electron : load(request, ...rest));
${doors.join('\n')}
`;

/**
 * An app folder of its own under the temporary folder: the bundles with the changes in them, the doors that are
 * opened before it starts, and what the checks need around them. Throws where a change does not fit its source
 * exactly once.
 */
export async function buildApp(undone: readonly Undone[] = []): Promise<string> {
  const doors = undone.filter(isDoor).map(({ open }) => open);
  const changed = [...plant(undone.filter((one): one is AnyChange => !isDoor(one)))];
  const folder = scratch('app');
  chmodSync(folder, 0o755);
  // The app as it is was built before these tests, as for all that open a window.
  cpSync(join(root, 'out'), join(folder, 'out'), { recursive: true });
  for (const name of ['main', 'preload', 'renderer'] as const) {
    const ours = changed.filter(([file]) => bundleOf(file) === name);
    const texts = new Map(ours.map(([file, text]) => [join(root, file), text]));
    if (texts.size > 0) await bundle(name, texts, join(folder, 'out', name));
  }
  for (const [name, text] of Object.entries(probes)) {
    writeFileSync(join(folder, 'out', 'renderer', 'assets', name), text);
  }
  writeFileSync(join(folder, 'out', 'outside.json'), '"outside the folder of the page"');
  writeFileSync(join(folder, 'held.cjs'), held);
  writeFileSync(join(folder, 'doors.cjs'), doors.length === 0 ? '' : unlocked(doors));
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, main: 'held.cjs' }));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
