import { Refusal } from './common.mjs';

// better-sqlite3 asks for Node-API 10; the substitute runtime has 9. All that it uses of 10 are references to
// strings and other plain values, and what a worker that is being ended is told: both are given to it by
// `scripts/substitute/node-api-10.c`. So in a copy of its prebuilt file (an ELF library for x64) two things are
// changed: the version that it asks for, and the names of the four functions that it imports for that.

const asksFor = 10;
const runtimeHas = 9;
const versionFunction = 'node_api_module_get_api_version_v1';
const replaced = ['napi_create_reference', 'napi_delete_reference', 'napi_get_reference_value', 'napi_throw'];
/** Whoever counts references would also have to get through the box: not replaced, so not to be there. */
const unsupported = ['napi_reference_ref', 'napi_reference_unref'];

const dynamicSymbols = 11;
const symbolBytes = 24;
const endBranch = 'f30f1efa';
const returnsVersion = new RegExp(`^(?:${endBranch})?b8(${littleEndian(asksFor)})c3`);

function littleEndian(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes.toString('hex');
}

function sectionsOf(elf) {
  const isElf64 = elf.subarray(0, 6).toString('hex') === '7f454c460201';
  if (!isElf64 || elf.readUInt16LE(0x12) !== 0x3e) throw new Refusal('no ELF library for x64');
  const at = Number(elf.readBigUInt64LE(0x28));
  const bytes = elf.readUInt16LE(0x3a);
  return Array.from({ length: elf.readUInt16LE(0x3c) }, (_, index) => {
    const entry = at + index * bytes;
    const long = (offset) => Number(elf.readBigUInt64LE(entry + offset));
    const kind = elf.readUInt32LE(entry + 4);
    return { kind, address: long(16), at: long(24), size: long(32), link: elf.readUInt32LE(entry + 40) };
  });
}

/** The dynamic symbols by name: where the name is written, where its code is (null for an import). */
function symbolsOf(elf) {
  const sections = sectionsOf(elf);
  const table = sections.find(({ kind }) => kind === dynamicSymbols);
  if (!table) throw new Refusal('no dynamic symbols');
  const symbols = new Map();
  for (let entry = table.at; entry < table.at + table.size; entry += symbolBytes) {
    const nameAt = sections[table.link].at + elf.readUInt32LE(entry);
    const name = elf.toString('latin1', nameAt, elf.indexOf(0, nameAt));
    const home = sections[elf.readUInt16LE(entry + 6)];
    const codeAt = home?.address ? Number(elf.readBigUInt64LE(entry + 8)) - home.address + home.at : null;
    symbols.set(name, { nameAt, codeAt });
  }
  return symbols;
}

/** A copy of the addon that the substitute runtime can load; refuses one that is not as expected. */
export function adaptAddon(original) {
  const elf = Buffer.from(original);
  const symbols = symbolsOf(elf);
  const version = symbols.get(versionFunction);
  if (!version?.codeAt) throw new Refusal('the addon does not tell its Node-API version');
  const code = elf.toString('hex', version.codeAt, version.codeAt + 16);
  const found = returnsVersion.exec(code);
  if (!found) throw new Refusal(`the addon does not ask for Node-API ${asksFor}: ${code}`);
  elf.writeUInt32LE(runtimeHas, version.codeAt + found[0].indexOf('b8') / 2 + 1);
  const strange = unsupported.find((name) => symbols.has(name));
  if (strange) throw new Refusal(`the addon imports ${strange}`);
  for (const name of replaced) {
    const symbol = symbols.get(name);
    if (symbol?.codeAt !== null) throw new Refusal(`the addon does not import ${name}`);
    elf.write('shim', symbol.nameAt, 'latin1');
  }
  return elf;
}
