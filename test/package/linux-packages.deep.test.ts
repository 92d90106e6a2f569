import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { Arch } from 'electron-builder';
import { describe, expect, it, onTestFinished } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import afterPack from '../../scripts/package/after-pack.mjs';
import { readFuses } from '../../scripts/package/read-fuses.mjs';
import { fuseProblems } from '../../scripts/package/supply.mjs';
import { memberField, topUp, untilRows } from '../support/electron-till.ts';
import { linkTree } from '../support/link-tree.ts';
import { attack, expectNoStartWithoutCertificates } from './support/attacks.ts';
import { bareImports } from './support/imports.ts';
import {
  homeOfNobody,
  isConfined,
  processesOf,
  type StartOptions,
  startInstalled,
} from './support/installed-app.ts';

// What `npm run package:linux` has made, as a shop's PC gets it. On a machine that is not Debian's, or without the right to
// install, there is nothing to be seen here.

const built = resolve(import.meta.dirname, '../../dist/substitute');
const fileOf = (ending: string): string => {
  const [found, ...more] = readdirSync(built).filter((name) => name.endsWith(ending));
  if (found === undefined || more.length > 0) throw new Error(`not one ${ending} in dist/substitute`);
  return join(built, found);
};
const name = 'counterfoil-substitute';
const folder = '/opt/Counterfoil-substitute';
interface Bill {
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly licenses: readonly unknown[];
  }[];
}

const bill = (): Bill =>
  JSON.parse(
    extractFile(join(built, 'linux-unpacked', 'resources', 'app.asar'), 'out/sbom.json').toString('utf8'),
  ) as Bill;

const mayInstall = existsSync('/etc/debian_version') && process.getuid?.() === 0;

const apt = (...args: readonly string[]) =>
  execFileSync('apt-get', ['-y', '-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: 'pipe',
    encoding: 'utf8',
  });

/** Tops up in the practice store, as nobody with rights would on the first day. */
async function tryOut(executable: string, home: string, options: StartOptions = {}) {
  const app = await startInstalled(executable, home, options);
  const { page } = app;
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await memberField(page).waitFor();
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  return app;
}

const data = (home: string) => join(home, 'Counterfoil-substitute', 'practice', 'counterfoil.db');

describe.runIf(mayInstall)('the deb', () => {
  it('is installed, runs in the sandbox as somebody without rights, and leaves the data when it goes', async () => {
    apt('install', fileOf('.deb'));
    onTestFinished(() => void spawnSync('apt-get', ['-y', '-qq', 'remove', name]));
    expect(readFileSync(`/usr/share/applications/${name}.desktop`, 'utf8')).toContain(
      'Counterfoil-substitute',
    );
    const home = homeOfNobody();
    const app = await tryOut(`/usr/bin/${name}`, home);
    const kinds = processesOf(name, folder);
    expect(kinds.filter(([, kind]) => kind === '')).toHaveLength(1);
    const renderers = kinds.filter(([, kind]) => kind === 'renderer');
    expect(renderers.length).toBeGreaterThan(0);
    for (const [pid] of renderers) expect(isConfined(pid)).toBe(true);
    expect(await app.close(), app.said()).toBe(0);
    await expect.poll(() => processesOf(name, folder)).toEqual([]);
    apt('remove', name);
    expect([existsSync(folder), existsSync(`/usr/bin/${name}`)]).toEqual([false, false]);
    expect(statSync(data(home)).size).toBeGreaterThan(0);
  });
});

describe.runIf(process.platform === 'linux')('the AppImage', () => {
  it('runs in the sandbox as somebody without rights, and nothing gets through by its page', async () => {
    const home = homeOfNobody();
    const image = join(home, 'Counterfoil.AppImage');
    cpSync(fileOf('.AppImage'), image);
    expectNoStartWithoutCertificates(image, home);
    // Fuses: none of the three makes another program of it.
    const env = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect=0' };
    const app = await tryOut(image, home, { env, args: ['--password-store=basic', '--inspect=0'] });
    expect(app.said()).not.toContain('Debugger listening');
    expect(await attack(app, join(home, 'Counterfoil-substitute'))).toEqual([]);
    const renderers = processesOf(name, home).filter(([, kind]) => kind === 'renderer');
    expect(renderers.length).toBeGreaterThan(0);
    for (const [pid] of renderers) expect(isConfined(pid)).toBe(true);
    expect(await app.close(), app.said()).toBe(0);
    await expect.poll(() => processesOf(name, home)).toEqual([]);
  });
});

/** As electron-builder calls what may refuse a package, with other fuses than the configuration's. */
const packing = (appOutDir: string, fuses: Readonly<Record<number, boolean>>) => ({
  appOutDir,
  electronPlatformName: 'linux',
  arch: Arch[process.arch as 'x64' | 'arm64'],
  packager: {
    ...{ config: {}, executableName: name, appInfo: { productFilename: name } },
    info: { framework: { version: bill().components.find((part) => part.name === 'electron')?.version } },
    getResourcesDir: () => join(appOutDir, 'resources'),
    generateFuseConfig: async () => ({ version: FuseVersion.V1 as const, ...fuses }),
    addElectronFuses: async (_context: object, wanted: Parameters<typeof flipFuses>[1]) => {
      await flipFuses(join(appOutDir, name), wanted);
    },
  },
});

describe.runIf(process.platform === 'linux')('18: the fuses', () => {
  const executable = () => join(built, 'linux-unpacked', name);
  const asNode = (program: string) =>
    spawnSync(program, ['-e', 'console.log("as node")'], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect' },
      encoding: 'utf8',
      timeout: 5_000,
    }).stdout;

  it('are as they should be, read back from the program', async () => {
    expect(fuseProblems(await readFuses(executable()))).toEqual([]);
  });

  it('keep Node from being run in its place', () => {
    expect(asNode(executable())).not.toContain('as node');
  });

  it('are read back wrong, and Node runs, where one is wrong; then no package is made', async () => {
    const folder = mkdtempSync(join(built, '..', 'one-fuse-wrong-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    linkTree(join(built, 'linux-unpacked'), folder, new Set([name]));
    const program = join(folder, name);
    cpSync(executable(), program);
    const packed = (runAsNode: boolean) =>
      afterPack(packing(folder, { [FuseV1Options.RunAsNode]: runAsNode }));
    await packed(false);
    await expect(packed(true)).rejects.toThrow('no build for tests:\nthe fuse RunAsNode is not off');
    expect(fuseProblems(await readFuses(program))).toEqual(['the fuse RunAsNode is not off']);
    expect(asNode(program)).toContain('as node');
  });
});

describe.runIf(process.platform === 'linux')('20: the bill of materials in the package', () => {
  const namesOf = ({ components }: Bill) => components.map((component) => component.name);

  it('names all that the sources ask for, the runtime, and each with its licence', () => {
    expect(namesOf(bill())).toEqual(expect.arrayContaining([...bareImports(), 'electron']));
    expect(bill().components.filter(({ licenses }) => licenses.length === 0)).toEqual([]);
  });
});

it.runIf(process.platform === 'linux')('has beside each part of main what V8 made of it', () => {
  const files = listPackage(join(built, 'linux-unpacked', 'resources', 'app.asar'), { isPack: false });
  const parts = files.filter((path) => /^\/out\/main\/[\w-]+-[\w-]{8}\.cjs$/.test(path));
  expect(parts.length).toBeGreaterThan(3);
  expect(files).toEqual(expect.arrayContaining(parts.map((path) => `${path}.bytecode`)));
});
