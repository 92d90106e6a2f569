import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSystemInstaller } from '../../main/electron/system-installer.ts';
import { isPublishedBy } from '../../main/updates/publisher.ts';
import { silentLogger, temporaryFolder } from '../kit/till.ts';
import { fileOf } from './feed.ts';

const PUBLISHER = 'Counterfoil Pte. Ltd.';
const VALID = `Valid\r\nCN="Counterfoil Pte. Ltd.", O=Counterfoil, C=SG\r\n`;

/** A PC where the installer is a script that notes how it was started; electron-updater itself is the real one. */
function pc(said: string | null = VALID, publisher = PUBLISHER) {
  const folder = temporaryFolder();
  const note = join(folder, 'started');
  const path = join(folder, 'Counterfoil-1.1.0.exe');
  const body = Buffer.from(`#!/bin/sh\necho "$@" > '${note}'\n`);
  writeFileSync(path, body, { mode: 0o755 });
  const file = fileOf('1.1.0', body, { platform: 'win32', kind: 'nsis', name: 'Counterfoil-1.1.0.exe' });
  const own = join(folder, 'own');
  const installer = createSystemInstaller({
    ...{ kind: 'nsis', folder: own, version: '1.0.0', logger: silentLogger, publisher },
    askWindows: async () => said,
  });
  const copy = join(own, 'copy', 'pending', file.name);
  return { note, path, file, own, installer, copy };
}

describe.skipIf(process.platform === 'win32')('an installer for Windows', () => {
  it('is given to electron-updater as it was brought, and started silently', async () => {
    const { note, path, file, installer, copy } = pc();
    const prepared = await installer.prepare(path, file);
    expect(existsSync(note)).toBe(false);
    chmodSync(copy, 0o755);
    expect(prepared.ok && (await prepared.value.commit())).toEqual({ ok: true, value: 'starts-by-itself' });
    await expect
      .poll(() => existsSync(note) && readFileSync(note, 'utf8'))
      .toBe('--updated /S --force-run\n');
  });

  it.each([
    ['unsigned', 'NotSigned\r\n\r\n'],
    ['changed after it was signed', VALID.replace('Valid', 'HashMismatch')],
    ['another’s', 'Valid\r\nCN=Somebody, O=Counterfoil\r\n'],
    ['of whom Windows says nothing', null],
    ['of whom Windows says something else', '{"Status":0}'],
  ])('is not started when it is %s', async (_, said) => {
    const { note, path, file, installer } = pc(said);
    expect(await installer.prepare(path, file)).toMatchObject({ error: { code: 'update-failed' } });
    expect(existsSync(note)).toBe(false);
  });

  it('is not started where no publisher is known', async () => {
    const { path, file, installer } = pc('Valid\r\n\r\n', '');
    expect(await installer.prepare(path, file)).toMatchObject({ error: { code: 'update-failed' } });
  });

  it('is not started when it was changed before or after electron-updater had it', async () => {
    const before = pc();
    writeFileSync(before.path, 'x');
    expect(await before.installer.prepare(before.path, before.file)).toMatchObject({
      error: { code: 'update-file-changed' },
    });
    const after = pc();
    const prepared = await after.installer.prepare(after.path, after.file);
    writeFileSync(after.copy, 'x');
    expect(prepared.ok && (await prepared.value.commit())).toMatchObject({
      error: { code: 'update-file-changed' },
    });
    if (prepared.ok) await prepared.value.discard();
    expect([existsSync(after.own), existsSync(after.note)]).toEqual([false, false]);
  });
});

describe('a publisher', () => {
  it.each([
    [VALID, true],
    ['Valid\nCN=Counterfoil Pte. Ltd., C=SG', true],
    ['Valid\nC=SG, CN=Counterfoil Pte. Ltd.', true],
    ['Valid\nCN=Counterfoil Pte. Ltd. Fake', false],
    ['Valid\nO="CN=Counterfoil Pte. Ltd."', false],
    ['Valid\nO=x', false],
    ['Valid\nO="a, CN=Counterfoil Pte. Ltd., b", CN=Somebody', false],
    ['Valid\nCN=Counterfoil Pte. Ltd., CN=Somebody', false],
    ['Valid\nCN=Counterfoil Pte. Ltd., "', false],
    ['Valid', false],
    [`${VALID}more`, false],
    [`Unknown${VALID}`, false],
    ['', false],
    [null, false],
  ])('%j', (said, holds) => {
    expect(isPublishedBy(PUBLISHER, said)).toBe(holds);
  });
});
