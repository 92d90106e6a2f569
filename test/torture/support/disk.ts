import { dirname } from 'node:path';
import type { Operation } from './write-log.ts';

/** What a power cut may do to each operation that was not synced: let it through, lose it, or tear it by sectors. */
export type Fate = 'kept' | 'dropped' | 'torn';

export interface Image {
  /** Valid until the next image is made: the buffers are used again. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Equal where the same operations survived on the same synced ground: then the images are equal. */
  readonly identity: string;
}

/** A disk with a cache that forgets: what was synced is there for good, what was not may be there, in any order. */
export interface Disk {
  apply(operation: Operation): void;
  image(fate: Fate, unit: () => number): Image;
}

const SECTOR_BYTES = 512;

interface Pending {
  readonly number: number;
  readonly operation: Operation;
}

type Content = { readonly bytes: Buffer; readonly size: number } | null;

export function createDisk(start: ReadonlyMap<string, Buffer>): Disk {
  const synced = new Map<string, Content>();
  for (const [path, bytes] of start) synced.set(path, { bytes, size: bytes.length });
  const pending = new Map<string, Pending[]>();
  const room = new Map<string, Buffer>();
  let number = 0;
  let ground = 0;

  const settle = (path: string, chosen: readonly Pending[], left: readonly Pending[]) => {
    let content = synced.get(path) ?? null;
    for (const { operation } of chosen) content = after(content, operation, null);
    synced.set(path, content);
    pending.set(path, [...left]);
    ground += 1;
  };

  const apply = (operation: Operation) => {
    number += 1;
    const { path } = operation;
    if (operation.kind === 'rename') throw new Error('no rename belongs to the till at work');
    if (operation.kind !== 'sync') {
      pending.set(path, [...(pending.get(path) ?? []), { number, operation }]);
      return;
    }
    // A synced folder holds the names in it; a synced file its data, and on the usual file systems its name.
    if ((pending.get(path) ?? []).length > 0) settle(path, pending.get(path) ?? [], []);
    for (const [file, waiting] of pending) {
      const isName = ({ operation: { kind } }: Pending) => kind === 'create' || kind === 'remove';
      const last = dirname(file) === path ? waiting.findLastIndex(isName) : -1;
      if (last >= 0) settle(file, waiting.slice(0, last + 1), waiting.slice(last + 1));
    }
  };

  const image = (fate: Fate, unit: () => number): Image => {
    const files = new Map<string, Buffer>();
    let identity = `${ground}`;
    for (const path of new Set([...synced.keys(), ...pending.keys()])) {
      let content = synced.get(path) ?? null;
      let owned = false;
      for (const one of fate === 'dropped' ? [] : (pending.get(path) ?? [])) {
        const survives = fate === 'kept' ? 'all' : drawn(one.operation, unit);
        if (survives === 'none') continue;
        identity += ` ${one.number}${survives === 'all' ? '' : survives}`;
        if (!owned && content !== null) content = copyInto(room.get(path), content);
        owned = true;
        content = after(content, one.operation, survives === 'all' ? null : survives);
      }
      if (owned && content !== null) room.set(path, content.bytes);
      if (content !== null) files.set(path, content.bytes.subarray(0, content.size));
    }
    return { files, identity };
  };

  return { apply, image };
}

/** Which sectors of a write survive, as ones and noughts; `all` or `none` for what has no sectors. */
function drawn(operation: Operation, unit: () => number): string {
  if (operation.kind !== 'write') return unit() < 0.5 ? 'all' : 'none';
  const draw = unit();
  if (draw < 0.3) return 'all';
  if (draw < 0.6) return 'none';
  const first = Math.floor(operation.offset / SECTOR_BYTES);
  const last = Math.floor((operation.offset + operation.data.length - 1) / SECTOR_BYTES);
  let sectors = '';
  for (let sector = first; sector <= last; sector += 1) sectors += unit() < 0.5 ? '1' : '0';
  if (!sectors.includes('1')) return 'none';
  return sectors.includes('0') ? `:${sectors}` : 'all';
}

/** `sectors` null = the whole of it. Changes `content` in place where it has room. */
function after(content: Content, operation: Operation, sectors: string | null): Content {
  switch (operation.kind) {
    case 'create':
      return { bytes: Buffer.alloc(0), size: 0 };
    case 'remove':
      return null;
    case 'empty':
      return content === null ? null : { bytes: content.bytes, size: 0 };
    case 'cut':
      return content === null ? null : cut(content, operation.size);
    case 'write':
      return content === null ? null : write(content, operation, sectors);
    default:
      return content;
  }
}

function copyInto(room: Buffer | undefined, { bytes, size }: NonNullable<Content>): Content {
  const copy = room !== undefined && room.length >= size ? room : Buffer.alloc(2 * size);
  bytes.copy(copy, 0, 0, size);
  return { bytes: copy, size };
}

function cut(content: NonNullable<Content>, size: number): Content {
  const grown = withRoom(content, size);
  if (size > content.size) grown.fill(0, content.size, size);
  return { bytes: grown, size };
}

function withRoom({ bytes, size }: NonNullable<Content>, needed: number): Buffer {
  if (bytes.length >= needed) return bytes;
  const grown = Buffer.alloc(Math.max(needed, 2 * bytes.length));
  bytes.copy(grown, 0, 0, size);
  return grown;
}

function write(
  content: NonNullable<Content>,
  { offset, data }: Extract<Operation, { kind: 'write' }>,
  sectors: string | null,
): Content {
  const end = offset + data.length;
  const bytes = withRoom(content, end);
  if (offset > content.size) bytes.fill(0, content.size, offset);
  if (end > content.size && sectors !== null) bytes.fill(0, Math.max(content.size, offset), end);
  const first = Math.floor(offset / SECTOR_BYTES);
  if (sectors === null) data.copy(bytes, offset);
  else {
    for (let index = 1; index < sectors.length; index += 1) {
      if (sectors[index] !== '1') continue;
      const from = Math.max(offset, (first + index - 1) * SECTOR_BYTES);
      const to = Math.min(end, (first + index) * SECTOR_BYTES);
      data.copy(bytes, from, from - offset, to - offset);
    }
  }
  return { bytes, size: Math.max(content.size, end) };
}
