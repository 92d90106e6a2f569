import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { describe, expect, it, onTestFinished } from 'vitest';
import { meiLing } from '../../main/practice/members.ts';
import { memberField, topUp, untilRows } from '../support/electron-till.ts';
import { homeOfNobody, isConfined, processesOf, startInstalled } from './support/installed-app.ts';

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
const mayInstall = existsSync('/etc/debian_version') && process.getuid?.() === 0;

const apt = (...args: readonly string[]) =>
  execFileSync('apt-get', ['-y', '-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: 'pipe',
    encoding: 'utf8',
  });

/** Tops up in the practice store, as nobody with rights would on the first day. */
async function tryOut(executable: string, home: string) {
  const app = await startInstalled(executable, home);
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
  it('runs in the sandbox as somebody without rights', async () => {
    const home = homeOfNobody();
    const image = join(home, 'Counterfoil.AppImage');
    cpSync(fileOf('.AppImage'), image);
    const app = await tryOut(image, home);
    const renderers = processesOf(name, home).filter(([, kind]) => kind === 'renderer');
    expect(renderers.length).toBeGreaterThan(0);
    for (const [pid] of renderers) expect(isConfined(pid)).toBe(true);
    expect(await app.close(), app.said()).toBe(0);
    await expect.poll(() => processesOf(name, home)).toEqual([]);
  });
});

describe.runIf(process.platform === 'linux')('18: the fuses', () => {
  const executable = () => join(built, 'linux-unpacked', name);

  it('are as electron-builder.yml says, read back from the program', async () => {
    const wire = await getCurrentFuseWire(executable());
    const known = Object.entries(FuseV1Options).filter(([, at]) => wire[at as FuseV1Options] !== undefined);
    const read = known.map(([option, at]) => [option, wire[at as FuseV1Options] === FuseState.ENABLE]);
    expect(Object.fromEntries(read)).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    });
  });

  it('keep Node from being run in its place', () => {
    const { stdout } = spawnSync(executable(), ['-e', 'console.log("as node")'], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect' },
      encoding: 'utf8',
      timeout: 5_000,
    });
    expect(stdout).not.toContain('as node');
  });
});
