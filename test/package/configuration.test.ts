import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const require = createRequire(join(root, 'node_modules', 'electron-builder', 'package.json'));
const load = (name: string) => require(name) as Record<string, (...given: unknown[]) => unknown>;
const { validateConfiguration } = load('app-builder-lib/out/util/config/config.js');
const { load: readYaml } = load('js-yaml');

interface Configuration {
  readonly [key: string]: unknown;
  readonly nsis: Record<string, unknown>;
  readonly mac: Record<string, unknown>;
  readonly win: Record<string, unknown>;
  readonly electronFuses: Record<string, boolean>;
}

const read = (name: string) => readYaml?.(readFileSync(join(root, name), 'utf8')) as Configuration;
const validate = (configuration: unknown) =>
  (validateConfiguration as unknown as (configuration: unknown, logger: object) => Promise<void>)(
    configuration,
    { isEnabled: false, add: () => undefined },
  );

const release = read('electron-builder.yml');
const script = (name: string) => readFileSync(join(root, 'build', 'windows', name), 'utf8');
const installer = script('counterfoil.nsi');
const uninstaller = script('uninstall.nsh');

describe("electron-builder's configuration", () => {
  it('is one that electron-builder takes, whole', async () => {
    await validate(release);
    await expect(validate({ ...release, nsis: { ...release.nsis, oneclick: true } })).rejects.toThrow(
      /configuration\.nsis/,
    );
  });

  it('installs on Windows for one person, without an administrator, on one click', () => {
    expect(release.nsis['script']).toBe('build/windows/counterfoil.nsi');
    expect(installer).toContain('RequestExecutionLevel user');
    expect(installer).toContain('StrCpy $INSTDIR "$LOCALAPPDATA\\Programs\\counterfoil"');
    expect(release.win).toMatchObject({ target: [{ target: 'nsis', arch: ['x64', 'arm64'] }] });
  });

  it('makes an installer for each processor, and none for both: a list has one file for a kind of PC', () => {
    expect(release.nsis['buildUniversalInstaller']).toBe(false);
    expect(release['artifactName']).toMatch(/-\$\{arch\}\./);
  });

  it('is looked for in the list of apps where its installer puts it', () => {
    const guide = readFileSync(join(root, 'docs', 'windows.md'), 'utf8');
    const id = /^!define GUID "(.*)"$/m.exec(installer)?.[1];
    const named = [...guide.matchAll(/CurrentVersion\\Uninstall\\([\w.-]+)`/g)].map(([, key]) => key);
    expect(named).toEqual([id, id]);
  });

  it('leaves the data where the program goes', () => {
    expect([installer, uninstaller].join('\n')).not.toMatch(/APPDATA\\Counterfoil(?!-)/i);
  });

  it('is hardened and notarised on a Mac', () => {
    expect(release.mac).toMatchObject({ hardenedRuntime: true, notarize: true, target: ['dmg', 'zip'] });
  });

  it('names files that are there', () => {
    const named = [
      release.nsis['script'],
      release.win['icon'],
      release.mac['entitlements'],
      release['beforePack'],
      release['afterExtract'],
      release['afterPack'],
    ];
    for (const file of named) expect(existsSync(join(root, String(file))), String(file)).toBe(true);
  });

  it('lets no package be driven by Node, a debugger or another archive', () => {
    expect(release.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});
