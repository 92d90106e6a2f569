import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const script = new URL('../../scripts/lib/addon.mjs', import.meta.url).href;
const { adaptAddon } = (await import(script)) as { adaptAddon(original: Buffer): Buffer };

const home = dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'));
const original = readFileSync(join(home, 'prebuilds', 'linux-x64.node'));

/** A copy in which `from` stands for `to` wherever it is found. */
function altered(from: string | Buffer, to: string | Buffer): Buffer {
  const copy = Buffer.from(original);
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1))
    copy.write(to.toString('latin1'), at, 'latin1');
  return copy;
}

const count = (bytes: Buffer, text: string) => bytes.toString('latin1').split(text).length - 1;

describe('the addon for the substitute runtime', () => {
  it('is a copy with another version and four other names, and nothing else', () => {
    const before = Buffer.from(original);
    const adapted = adaptAddon(original);
    expect(original.equals(before)).toBe(true);
    const changed = [...adapted.keys()].filter((at) => adapted[at] !== original[at]);
    expect(changed).toHaveLength(4 * 'shim'.length + 1);
    for (const name of ['create_reference', 'delete_reference', 'get_reference_value', 'throw']) {
      expect(count(adapted, `\0shim_${name}\0`)).toBe(1);
      expect(count(adapted, `\0napi_${name}\0`)).toBe(count(original, `\0napi_${name}\0`) - 1);
    }
  });

  it.each([
    [
      'another version',
      altered(Buffer.from('b80a000000c3', 'hex'), Buffer.from('b80b000000c3', 'hex')),
      'does not ask for Node-API 10',
    ],
    [
      'no version',
      altered('node_api_module_get_api_version_v1', 'node_api_module_get_api_version_v2'),
      'does not tell',
    ],
    ['no such import', altered('\0napi_throw\0', '\0napi_thrwo\0'), 'does not import napi_throw'],
    [
      'counted references',
      altered('\0napi_get_null\0', '\0napi_reference_ref\0'),
      'imports napi_reference_ref',
    ],
    ['another machine', readFileSync(join(home, 'prebuilds', 'linux-arm64.node')), 'no ELF library for x64'],
    ['another system', readFileSync(join(home, 'prebuilds', 'win32-x64.node')), 'no ELF library for x64'],
  ])('is refused with %s', (_, bytes, words) => {
    expect(() => adaptAddon(bytes)).toThrow(words);
  });
});
