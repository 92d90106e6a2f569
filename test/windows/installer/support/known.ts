// What Windows knows of the program: its key in the list of apps, its links, its start at a login.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

type Values = Readonly<Record<string, string>>;

/** All of this user's keys under Software, and their values by name, as .reg files write them. */
async function software({ box }: Counter): Promise<ReadonlyMap<string, Values>> {
  const file = box.path('software.reg');
  expect(await box.run('reg.exe', ['export', 'HKCU\\Software', 'C:\\software.reg', '/y'])).toBe(0);
  const sections = readFileSync(file, 'utf16le').split(/^\[/m);
  return new Map(
    sections.map((section) => {
      const values = section.matchAll(/^"([\w.]+)"=(.*?)\r?$/gm);
      const key = section.slice(0, section.indexOf(']')).replace('HKEY_CURRENT_USER', 'HKCU');
      return [key, Object.fromEntries([...values].map(([, name = '', value = '']) => [name, value]))];
    }),
  );
}

export async function writeValues({ box }: Counter, keys: Readonly<Record<string, Values>>): Promise<void> {
  const section = ([key, values]: [string, Values]) => [
    `[${key.replace('HKCU', 'HKEY_CURRENT_USER')}]`,
    ...Object.entries(values).map(([name, value]) => `"${name}"=${JSON.stringify(value)}`),
  ];
  const lines = ['Windows Registry Editor Version 5.00', ...Object.entries(keys).flatMap(section), ''];
  writeFileSync(box.path('written.reg'), `\ufeff${lines.join('\r\n')}`, 'utf16le');
  expect(await box.run('reg.exe', ['import', 'C:\\written.reg'])).toBe(0);
}

/** What the list of apps says of it; empty where it is not in the list. */
export const registered = async (counter: Counter): Promise<Values> =>
  (await software(counter)).get(uninstallKey) ?? {};

/** As the program does where it starts with Windows. */
export const startAtLogin = (counter: Counter) =>
  writeValues(counter, { [runKey]: { 'app.counterfoil.till': 'Counterfoil.exe' } });

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
  const keys = await software(counter);
  expect([uninstallKey, builderKey].filter((key) => keys.has(key))).toEqual([]);
  expect(keys.get(runKey)?.['app.counterfoil.till']).toBeUndefined();
  expect(counter.isDataAsBefore()).toBe(true);
}
