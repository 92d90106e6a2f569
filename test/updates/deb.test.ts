import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDebInstaller, DEB_SCRIPT, type RunProgram } from '../../main/updates/deb.ts';
import { temporaryFolder } from '../kit/till.ts';
import { fileOf, programOf } from './feed.ts';

function pc(code: number | null = 0) {
  const folder = temporaryFolder();
  const path = join(folder, 'Counterfoil-1.1.0.deb');
  const body = programOf('1.1.0');
  writeFileSync(path, body);
  const ran: string[][] = [];
  const run: RunProgram = async (program, args) => {
    ran.push([program, ...args]);
    return code;
  };
  const file = fileOf('1.1.0', body, { kind: 'deb', name: 'Counterfoil-1.1.0.deb' });
  return { folder, path, body, file, ran, run };
}

describe('a deb', () => {
  it('is handed to root, with what was signed', async () => {
    const { path, file, ran, run } = pc();
    const installer = createDebInstaller({ run, isRoot: false });
    expect(installer.asksForAdministrator).toBe(true);
    const prepared = await installer.prepare(path, file);
    expect(prepared.ok && (await prepared.value.commit())).toEqual({ ok: true, value: 'start-again' });
    const args = ['sh', path, file.sha512, String(file.size)];
    expect(ran).toEqual([['pkexec', '--disable-internal-agent', '/bin/sh', '-c', DEB_SCRIPT, ...args]]);
  });

  it.each([
    [126, 'update-needs-administrator'],
    [127, 'update-needs-administrator'],
    [null, 'update-needs-administrator'],
    [90, 'update-file-changed'],
    [91, 'update-failed'],
  ])('that ends with %s is a failure in words', async (code, expected) => {
    const { path, file, run } = pc(code);
    const prepared = await createDebInstaller({ run, isRoot: true }).prepare(path, file);
    expect(prepared.ok && (await prepared.value.commit())).toMatchObject({ error: { code: expected } });
  });

  it('that was changed since is not handed on', async () => {
    const { path, file, run } = pc();
    writeFileSync(path, programOf('1.1.0'));
    expect(await createDebInstaller({ run, isRoot: true }).prepare(path, file)).toMatchObject({
      error: { code: 'update-file-changed' },
    });
  });
});

describe.skipIf(process.platform !== 'linux')('what root runs', () => {
  /** With a dpkg that only notes what it was given. */
  function asRoot({ folder, path, file }: ReturnType<typeof pc>, dpkg = 'cp "$2" "$NOTE"') {
    const note = join(folder, 'installed');
    const fake = join(folder, 'dpkg');
    writeFileSync(fake, `#!/bin/sh\n${dpkg}\n`);
    chmodSync(fake, 0o755);
    const env = { PATH: `${folder}:${process.env['PATH']}`, NOTE: note, TMPDIR: folder };
    const args = ['-c', DEB_SCRIPT, 'sh', path, file.sha512, String(file.size)];
    return { status: spawnSync('/bin/sh', args, { env }).status, note };
  }

  it('installs what was signed', () => {
    const shop = pc();
    const { status, note } = asRoot(shop);
    expect(status).toBe(0);
    expect(readFileSync(note).equals(shop.body)).toBe(true);
  });

  it('installs nothing that was swapped after the program had looked at it', () => {
    const shop = pc();
    writeFileSync(shop.path, Buffer.concat([Buffer.from('x'), shop.body.subarray(1)]));
    const { status, note } = asRoot(shop);
    expect(status).toBe(90);
    expect(existsSync(note)).toBe(false);
  });

  it('says that dpkg failed', () => {
    expect(asRoot(pc(), 'exit 2').status).toBe(91);
  });
});
