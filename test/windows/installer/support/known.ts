// What Windows knows of the program: its key in the list of apps, its links, its start at a login.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Asked } from './box.ts';
import type { Counter } from './counter.ts';

const current = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion';
export const uninstallKey = `${current}\\Uninstall\\efbf3da0-da26-5e4f-aaae-87079b2d226a`;
export const builderKey = 'HKCU\\Software\\efbf3da0-da26-5e4f-aaae-87079b2d226a';
const runKey = `${current}\\Run`;
const user = join('users', userInfo().username);

/** Values by name, as .reg files write them; empty where there is no such key. */
export async function registryKey({ box }: Counter, key: string): Promise<Readonly<Record<string, string>>> {
  const file = box.path('key.reg');
  rmSync(file, { force: true });
  await box.run('reg.exe', ['export', key, 'C:\\key.reg', '/y']);
  if (!existsSync(file)) return {};
  const lines = readFileSync(file, 'utf16le').matchAll(/^"([\w.]+)"=(.*?)\r?$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}

export async function writeValue({ box }: Counter, key: string, name: string, value: string): Promise<void> {
  expect(await box.run('reg.exe', ['add', key, '/v', name, '/d', value, '/f'])).toBe(0);
}

export const registered = (counter: Counter) => registryKey(counter, uninstallKey);

/** As the program does where it starts with Windows. */
export const startAtLogin = (counter: Counter) =>
  writeValue(counter, runKey, 'app.counterfoil.till', 'Counterfoil.exe');

const linkFiles = ({ box }: Counter) => [
  box.path(user, 'Desktop', 'Counterfoil.lnk'),
  box.path(user, 'AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Counterfoil.lnk'),
];
export const links = (counter: Counter) => linkFiles(counter).filter((file) => existsSync(file));
export const removeLinks = (counter: Counter) => {
  for (const file of linkFiles(counter)) rmSync(file);
};

/** Presses what a set-up shows, as a person would, and gives the words that were there to be read. */
export async function press({ box }: Counter): Promise<string> {
  expect(await box.run('C:\\press.exe', ['30000'])).toBe(0);
  return readFileSync(box.path('pressed'), 'utf8');
}

/** Runs what the key says, as Windows and whoever answers for many PCs do; gives the exit code. */
export async function uninstallBy(
  counter: Counter,
  value: 'UninstallString' | 'QuietUninstallString',
  asked?: Asked,
): Promise<number | null> {
  const line = JSON.parse((await registered(counter))[value] ?? '""') as string;
  const [, program = '', args = ''] = /^"([^"]+)" (.*)$/.exec(line) ?? [];
  return counter.box.run(program, args.split(' '), asked);
}

export const uninstall = (counter: Counter) => uninstallBy(counter, 'QuietUninstallString');

/** Nothing of the program but the data, as it was. */
export async function expectNothingLeft(counter: Counter): Promise<void> {
  expect(counter.runsSetUp()).toBe(false);
  expect(counter.running()).toBeNull();
  expect(existsSync(counter.root)).toBe(false);
  expect(existsSync(counter.updater)).toBe(false);
  expect(links(counter)).toEqual([]);
  expect(await registered(counter)).toEqual({});
  expect(await registryKey(counter, builderKey)).toEqual({});
  expect(Object.keys(await registryKey(counter, runKey))).not.toContain('app.counterfoil.till');
  expect(counter.isDataAsBefore()).toBe(true);
}
