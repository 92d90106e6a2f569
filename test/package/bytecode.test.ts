import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../kit/till.ts';

// Under the Node of these tests, whose V8 stands for a package's: it makes bytecode and takes it.

const root = resolve(import.meta.dirname, '../..');
const node = (...args: readonly string[]): string =>
  execFileSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, COUNTERFOIL_PARTS: folder },
  });

let folder: string;
const at = (name: string): string => join(folder, name);
const say = (word: string): string => `exports.say = () => ${JSON.stringify(word)};\n`;
const makeBytecode = (): unknown => node(join(root, 'scripts', 'package', 'make-bytecode.cjs'));
/** What the program says that is started as main's first file starts its parts. */
const said = (): string => node('--import', join(root, 'main', 'bytecode.ts'), at('index.cjs'));

beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(at('index.cjs'), "process.stdout.write(require('./part-a1b2c3d4.cjs').say());\n");
  writeFileSync(at('part-a1b2c3d4.cjs'), say('made'));
  writeFileSync(at('records-worker.cjs'), '');
});

describe('a part of main', () => {
  it('runs from its source where nothing was made of it', () => {
    expect(said()).toBe('made');
  });

  it('runs from what V8 made of it', () => {
    makeBytecode();
    expect(said()).toBe('made');
    // V8 goes by the length of the source alone: so it is seen which of both runs.
    writeFileSync(at('part-a1b2c3d4.cjs'), say('else'));
    expect(said()).toBe('made');
  });

  it.each([
    ['does not begin like it', (bytes: Buffer) => bytes.fill(0, 0, 16)],
    ['is cut off', (bytes: Buffer) => bytes.subarray(0, 40)],
    ['is empty', () => Buffer.alloc(0)],
    [
      'is of another V8',
      (bytes: Buffer) => {
        bytes.writeUInt32LE(bytes.readUInt32LE(4) + 1, 4);
        return bytes;
      },
    ],
  ])('runs from its source where what was made of it %s', (_what, change) => {
    makeBytecode();
    const path = at('part-a1b2c3d4.cjs.bytecode');
    writeFileSync(path, change(readFileSync(path)));
    writeFileSync(at('part-a1b2c3d4.cjs'), say('else'));
    expect(said()).toBe('else');
  });
});

it('bytecode is made of parts alone whose name has a hash of what is in them', () => {
  makeBytecode();
  const made = ['index.cjs', 'part-a1b2c3d4.cjs', 'records-worker.cjs'].map((name) =>
    existsSync(at(`${name}.bytecode`)),
  );
  expect(made).toEqual([false, true, false]);
});
