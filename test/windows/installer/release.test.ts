import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileLines } from '../../../scripts/windows/list-files.mjs';
import { makeInstaller } from '../../../scripts/windows/make-installer.mjs';
import { programOf } from './support/build.ts';

/** What a Windows program says it was made for. */
const processorOf = (file: string) => {
  const bytes = readFileSync(file);
  return bytes.readUInt16LE(bytes.readUInt32LE(0x3c) + 4);
};

it('an installer for a release is made without a warning, 32-bit as its launcher, and lists every file', () => {
  const working = mkdtempSync(join(tmpdir(), 'counterfoil-release-'));
  try {
    const folder = join(working, 'a folder');
    cpSync(programOf('0.1.0'), folder, { recursive: true });
    const file = join(working, 'set-up.exe');
    makeInstaller({ folder, version: '0.1.0', file });
    const i386 = 0x14c;
    expect([file, join(folder, 'launcher.exe')].map(processorOf)).toEqual([i386, i386]);
    const lines = readFileSync(join(folder, 'files.new'), 'utf8').trimEnd().split('\r\n');
    expect(lines).toEqual(fileLines(folder));
    expect(lines.filter((line) => /^\d+ [0-9a-f]{64} [^/]+$/.test(line))).toEqual(lines);
    expect(lines.map((line) => line.split(' ')[2])).toContain('resources\\app.asar');
    expect(() => makeInstaller({ folder, version: '1.2.3-beta', file })).toThrow('no version');
  } finally {
    rmSync(working, { recursive: true });
  }
});
