import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NsisUpdater } from 'electron-updater';
import { expect, it } from 'vitest';
import {
  createSystemInstaller,
  type SystemInstallerParts,
} from '../../main/app/electron/system-installer.ts';
import { silentLogger, temporaryFolder } from '../kit/till.ts';
import { fileOf, programOf } from './feed.ts';

/**
 * macOS's own half needs Electron for macOS: here Squirrel only notes what it is given. How the file gets there is
 * electron-updater's own.
 */
function mac(takes = true) {
  const folder = temporaryFolder();
  const path = join(folder, 'Counterfoil-1.1.0.zip');
  const body = programOf('1.1.0');
  writeFileSync(path, body);
  const file = fileOf('1.1.0', body, { platform: 'darwin', kind: 'mac-zip', name: 'Counterfoil-1.1.0.zip' });
  const own = join(folder, 'own');
  const given: string[] = [];
  class Updater extends NsisUpdater {
    override quitAndInstall(): void {
      given.push('given');
      if (!takes) this.emit('error', new Error('not taken'));
    }
  }
  const squirrel: SystemInstallerParts['squirrel'] = async () => ({
    Updater,
    taken: () => (takes ? Promise.resolve(true) : new Promise(() => undefined)),
  });
  const installer = createSystemInstaller({ folder: own, version: '1.0.0', logger: silentLogger, squirrel });
  return { path, body, file, own, given, installer, copy: join(own, 'copy', 'pending', file.name) };
}

it('a version for macOS is given to electron-updater as it was brought', async () => {
  const { path, body, file, given, installer, copy } = mac();
  const prepared = await installer.prepare(path, file);
  expect(given).toEqual([]);
  expect(readFileSync(copy).equals(body)).toBe(true);
  expect(prepared.ok && (await prepared.value.commit())).toEqual({ ok: true, value: 'starts-by-itself' });
  expect(given).toEqual(['given']);
});

it('a version for macOS that the system does not take is a failure in words', async () => {
  const { path, file, installer } = mac(false);
  const prepared = await installer.prepare(path, file);
  expect(prepared.ok && (await prepared.value.commit())).toMatchObject({ error: { code: 'update-failed' } });
});

it('a version for macOS is not given on when it was changed before or after electron-updater had it', async () => {
  const before = mac();
  writeFileSync(before.path, 'x');
  expect(await before.installer.prepare(before.path, before.file)).toMatchObject({
    error: { code: 'update-file-changed' },
  });
  const after = mac();
  const prepared = await after.installer.prepare(after.path, after.file);
  writeFileSync(after.copy, 'x');
  expect(prepared.ok && (await prepared.value.commit())).toMatchObject({
    error: { code: 'update-file-changed' },
  });
  if (prepared.ok) await prepared.value.discard();
  expect([existsSync(after.own), after.given]).toEqual([false, []]);
});
