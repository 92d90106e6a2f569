import { readFileSync } from 'node:fs';

/** One thing that a process did to one of its files, as the shim recorded it. */
export type Operation =
  | { readonly kind: 'create' | 'empty' | 'sync' | 'remove'; readonly path: string }
  | { readonly kind: 'write'; readonly path: string; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'cut'; readonly path: string; readonly size: number }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string };

const HEAD_BYTES = 20;

/** Reads a whole recording. The shim numbers its files as it meets them; a name comes before its number. */
export function readWriteLog(file: string): readonly Operation[] {
  const bytes = readFileSync(file);
  const names: string[] = [];
  const operations: Operation[] = [];
  let at = 0;
  while (at + HEAD_BYTES <= bytes.length) {
    const number = bytes.readUInt32LE(at + 4);
    const offset = Number(bytes.readBigUInt64LE(at + 8));
    const length = bytes.readUInt32LE(at + 16);
    const data = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length);
    const code = bytes.readUInt32LE(at);
    at += HEAD_BYTES + length;
    if (code === 7) names[number] = data.toString('utf8');
    else operations.push(operationOf(code, names[number] ?? '', offset, data, names));
  }
  return operations;
}

function operationOf(
  code: number,
  path: string,
  offset: number,
  data: Buffer,
  names: readonly string[],
): Operation {
  switch (code) {
    case 1:
      return { kind: offset === 1 ? 'empty' : 'create', path };
    case 2:
      return { kind: 'write', path, offset, data };
    case 3:
      return { kind: 'cut', path, size: offset };
    case 4:
      return { kind: 'sync', path };
    case 5:
      return { kind: 'remove', path };
    case 6:
      return { kind: 'rename', path, to: names[offset] ?? '' };
    default:
      throw new Error(`unknown operation ${code}`);
  }
}
