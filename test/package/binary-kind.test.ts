import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { binaryKind, binaryProblems, HEADER_BYTES } from '../../scripts/package/binary-kind.mjs';

const prebuilds = join(import.meta.dirname, '../../node_modules/better-sqlite3/prebuilds');
const head = (file: string) => readFileSync(file).subarray(0, HEADER_BYTES);
const prebuilt = (name: string) => binaryKind(head(join(prebuilds, `${name}.node`)));
const own = { linux: 'linux', win32: 'win32', darwin: 'darwin' } as Readonly<Record<string, string>>;

/** A Mac's file with a part for each of these processors. */
function fat(...types: number[]): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeUInt32BE(0xcafebabe, 0);
  bytes.writeUInt32BE(types.length, 4);
  types.forEach((type, at) => {
    bytes.writeUInt32BE(type, 8 + 20 * at);
  });
  return bytes;
}

describe('the header of a program', () => {
  it.each(readdirSync(prebuilds).map((name) => name.replace('.node', '')))(
    'says what better-sqlite3 made %s for',
    (name) => {
      const [platform = '', arch = ''] = name.replace('musl', '').split('-');
      expect(prebuilt(name)).toEqual({ platform, archs: [arch] });
    },
  );

  it('says what this very Node is for', () => {
    const { platform = '', archs = [] } = binaryKind(head(process.execPath)) ?? {};
    expect(platform).toBe(own[process.platform]);
    expect(archs).toContain(process.arch);
  });

  it('names every part of a file for several processors', () => {
    expect(binaryKind(fat(0x01000007, 0x0100000c))).toEqual({ platform: 'darwin', archs: ['x64', 'arm64'] });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', Buffer.from('#!/bin/sh\nexec counterfoil "$@"\n')],
    ['a program that is cut off', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(62, 0xff)])],
    ['a program for DOS', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(510)])],
    ['as many parts as no file has', Buffer.from('cafebabeffffffff', 'hex')],
  ])('is not taken for one in %s', (_, bytes) => {
    expect(binaryKind(bytes)).toBeNull();
  });
});

describe('a package', () => {
  const addon = (name: string) => ({
    path: `resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds/${name}.node`,
    kind: prebuilt(name),
  });
  const program = (name: string) => ({ path: 'Counterfoil.exe', kind: prebuilt(name) });

  it.each([
    ['win32', 'x64'],
    ['win32', 'arm64'],
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['darwin', 'x64'],
    ['darwin', 'arm64'],
  ])('for %s and %s has the one binary for that', (platform, arch) => {
    const name = `${platform}-${arch}`;
    expect(binaryProblems({ platform, arch }, [program(name), addon(name)])).toEqual([]);
  });

  it('is refused with another system’s binary, as one made on Linux had', () => {
    const wanted = { platform: 'win32', arch: 'x64' };
    expect(binaryProblems(wanted, [program('win32-x64'), addon('linux-x64')])).toEqual([
      `${addon('linux-x64').path}: for linux-x64, in a package for win32-x64`,
    ]);
  });

  it("is refused with another processor's binary or program", () => {
    const wanted = { platform: 'win32', arch: 'arm64' };
    expect(binaryProblems(wanted, [program('win32-x64'), addon('win32-arm64')])).toHaveLength(1);
    expect(binaryProblems(wanted, [program('win32-arm64'), addon('win32-x64')])).toHaveLength(1);
  });

  it('is refused without a binary of the database, and with two', () => {
    const wanted = { platform: 'win32', arch: 'x64' };
    const needs = (count: number) => `it has ${count} binaries of better-sqlite3, and needs one`;
    expect(binaryProblems(wanted, [program('win32-x64')])).toEqual([needs(0)]);
    const two = [program('win32-x64'), addon('win32-x64'), addon('win32-x64')];
    expect(binaryProblems(wanted, two)).toEqual([needs(2)]);
  });

  it('is refused where what should be a program is none', () => {
    const nothing = { path: 'Counterfoil.exe', kind: null };
    expect(binaryProblems({ platform: 'win32', arch: 'x64' }, [nothing, addon('win32-x64')])).toEqual([
      'Counterfoil.exe: no program for any system',
    ]);
  });

  it('for both processors of a Mac needs what has a part for each', () => {
    const wanted = { platform: 'darwin', arch: 'universal' };
    const both = { ...addon('darwin-x64'), kind: binaryKind(fat(0x01000007, 0x0100000c)) };
    expect(binaryProblems(wanted, [both])).toEqual([]);
    expect(binaryProblems(wanted, [addon('darwin-x64')])).toHaveLength(1);
  });
});
