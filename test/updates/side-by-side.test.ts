import { writeFileSync } from 'node:fs';
import { join, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isPublishedBy } from '../../main/updates/publisher.ts';
import { createSideBySideInstaller, type SideBySideParts } from '../../main/updates/side-by-side.ts';
import { temporaryFolder } from '../kit/till.ts';
import { fileOf, programOf } from './feed.ts';

const PUBLISHER = 'Counterfoil Pte. Ltd.';
const VALID = `Valid\r\nCN="Counterfoil Pte. Ltd.", O=Counterfoil, C=SG\r\n`;
const root = 'C:\\Users\\mei\\AppData\\Local\\Programs\\counterfoil';
const staged = `${root}\\app-1.1.0\\Counterfoil.exe`;

/** A PC where the installer is played: what it was run with, and the code that it ends with. */
function pc(codes: readonly (number | null)[] = [0, 0], change: Partial<SideBySideParts> = {}) {
  const path = join(temporaryFolder(), 'Counterfoil-1.1.0.exe');
  const body = programOf('1.1.0');
  writeFileSync(path, body);
  const file = fileOf('1.1.0', body, { platform: 'win32', kind: 'nsis', name: 'Counterfoil-1.1.0.exe' });
  const ran: string[][] = [];
  const limits: number[] = [];
  const installer = createSideBySideInstaller({
    ...{ root, publisher: PUBLISHER, askWindows: async () => VALID, freeBytes: async () => 10_000_000_000 },
    run: async (program, args, limitMs) => {
      limits.push(limitMs);
      return codes[ran.push([program, ...args]) - 1] ?? null;
    },
    read: (name) => (name === win32.join(root, 'staged') ? 'app-1.1.0\r\n' : null),
    exists: (name) => name === staged,
    ...change,
  });
  return { path, file, ran, limits, installer };
}

describe('Windows’ installer', () => {
  it('unpacks the new version beside the old one, and moves the pointer when that has passed', async () => {
    const { path, file, ran, limits, installer } = pc();
    expect(installer.asksForAdministrator).toBe(false);
    const prepared = await installer.prepare(path, file);
    expect(prepared).toMatchObject({ ok: true, value: { program: staged } });
    expect(ran).toEqual([[path, '/S', '--stage']]);
    expect(prepared.ok && (await prepared.value.commit())).toEqual({ ok: true, value: 'start-again' });
    expect(ran.slice(1)).toEqual([[path, '/S', '--switch']]);
    expect(Math.min(...limits)).toBeGreaterThan(0);
  });

  const failures = [
    [2, 'update-failed'],
    [null, 'update-failed'],
    [4, 'update-not-now'],
    [5, 'update-none'],
  ] as const;

  it.each(failures)('that ends with %s says so, whatever it was to do', async (code, expected) => {
    const unpacking = pc([code]);
    expect(await unpacking.installer.prepare(unpacking.path, unpacking.file)).toMatchObject({
      error: { code: expected },
    });
    const moving = pc([0, code]);
    const prepared = await moving.installer.prepare(moving.path, moving.file);
    expect(prepared.ok && (await prepared.value.commit())).toMatchObject({ error: { code: expected } });
  });

  it.each<[string, Partial<SideBySideParts>]>([
    ['nothing', { read: () => null }],
    ['a folder above', { read: () => '..' }],
    ['a folder of somebody else', { read: () => 'app-1.1.0\\..\\..\\evil', exists: () => true }],
    ['two', { read: () => 'app-1.1.0\r\napp-1.0.0', exists: () => true }],
    ['a folder that is not there', { exists: () => false }],
  ])('that names %s has unpacked nothing that is run', async (_, change) => {
    const { path, file, installer } = pc([0], change);
    expect(await installer.prepare(path, file)).toMatchObject({ error: { code: 'update-failed' } });
  });

  it('may take another folder of the same version, where the first is held', async () => {
    const second = `${root}\\app-1.1.0.2\\Counterfoil.exe`;
    const { path, file, installer } = pc([0], {
      read: () => 'app-1.1.0.2\n',
      exists: (name) => name === second,
    });
    expect(await installer.prepare(path, file)).toMatchObject({ value: { program: second } });
  });

  it.each([
    ['unsigned', 'NotSigned\r\n\r\n'],
    ['changed after it was signed', VALID.replace('Valid', 'HashMismatch')],
    ['another’s', 'Valid\r\nCN=Somebody, O=Counterfoil\r\n'],
    ['of whom Windows says nothing', null],
    ['of whom Windows says something else', '{"Status":0}'],
  ])('is not started when it is %s', async (_, said) => {
    const { path, file, ran, installer } = pc([0], { askWindows: async () => said });
    expect(await installer.prepare(path, file)).toMatchObject({ error: { code: 'update-failed' } });
    expect(ran).toEqual([]);
  });

  it('is not started where no publisher is known', async () => {
    const { path, file, ran, installer } = pc([0], {
      publisher: '',
      askWindows: async () => 'Valid\r\n\r\n',
    });
    expect(await installer.prepare(path, file)).toMatchObject({ error: { code: 'update-failed' } });
    expect(ran).toEqual([]);
  });

  it('is not started where the disk has no room for what it unpacks', async () => {
    const { path, file, ran, installer } = pc([0], { freeBytes: async () => 400_000_000 });
    expect(await installer.prepare(path, file)).toMatchObject({ error: { code: 'update-disk-full' } });
    expect(ran).toEqual([]);
  });

  it('is not started when it was changed: before it unpacks, as Windows is asked of it, before it moves the pointer', async () => {
    const changed = { error: { code: 'update-file-changed' } };
    const before = pc();
    writeFileSync(before.path, 'x');
    expect(await before.installer.prepare(before.path, before.file)).toMatchObject(changed);
    const asked = pc([0, 0], {
      askWindows: async (path) => {
        writeFileSync(path, 'x');
        return VALID;
      },
    });
    expect(await asked.installer.prepare(asked.path, asked.file)).toMatchObject(changed);
    const after = pc();
    const prepared = await after.installer.prepare(after.path, after.file);
    writeFileSync(after.path, 'x');
    expect(prepared.ok && (await prepared.value.commit())).toMatchObject(changed);
    expect([before, asked, after].map(({ ran }) => ran.length)).toEqual([0, 0, 1]);
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
