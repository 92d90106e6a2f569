import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../../kernel/database/read-json.ts';
import { isMissing, whileRefusedSync } from '../../kernel/held-file.ts';
import type { ChainHead } from './chain.ts';

/**
 * The head outside the database: how many rows the journal had, and the MAC of the last, in two slots
 * that are written in turn and synced. A crash while one is written leaves the other.
 */
export interface HeadSlots {
  /** The newest head that is whole and sealed by this key; null where there is none. Throws where a slot is refused: it may be in that. */
  read(): ChainHead | null;
  /** On the disk when it returns; throws where it is not. Tried once: who may wait does. */
  write(head: ChainHead): void;
}

const slotSchema = z.object({
  chain: z.number().int().positive(),
  count: z.number().int().nonnegative(),
  mac: z.string().regex(/^[0-9a-f]{32}$/),
  seal: z.string(),
});

/** The slots' names. */
export const headFiles = ['head-a.json', 'head-b.json'] as const;

/** Whether a head was ever kept in this folder, under whatever key. */
export const isHeadKept = (folder: string): boolean =>
  headFiles.some((name) => existsSync(join(folder, name)));

const sealOf = (key: KeyObject, head: ChainHead): string =>
  createHmac('sha256', key)
    .update(`counterfoil head\n${head.chain}\n${head.count}\n${head.mac}`)
    .digest('hex');

/** There is no head in what nobody wrote, or what no disk and no system gives as a file. */
const noHead = /^(ENOENT|ENOTDIR|EISDIR|ELOOP|EIO)$/;

/** Null where there is none that could be read. What is only refused, as by who holds it, may be the newest: that is thrown. */
function textOf(path: string): string | null {
  try {
    return whileRefusedSync(() => readFileSync(path, 'utf8'));
  } catch (thrown) {
    if (noHead.test((thrown as NodeJS.ErrnoException).code ?? '')) return null;
    throw thrown;
  }
}

function readSlot(path: string, key: KeyObject): ChainHead | null {
  const parsed = slotSchema.safeParse(readJson(textOf(path)));
  if (!parsed.success) return null;
  const { seal, ...head } = parsed.data;
  return seal === sealOf(key, head) ? head : null;
}

/** Every head takes as much: written over the one before, it needs no other block and no other size of the file. */
const SLOT_BYTES = 256;

/** With blanks up to there, which JSON passes over; older versions wrote none, and read these. */
const slotText = (content: object): string => `${JSON.stringify(content).padEnd(SLOT_BYTES - 1)}\n`;

/** In its place: cut empty first, the disk would have a second thing to sync, and that for every entry that is sent. */
function writeSynced(path: string, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    const isInPlace = fstatSync(file).size === bytes.length;
    // Not writeSync: a disk that fills may take a part only, and says so nowhere but in its return value.
    writeFileSync(file, bytes);
    if (isInPlace) fdatasyncSync(file);
    else {
      ftruncateSync(file, bytes.length);
      fsyncSync(file);
    }
  } finally {
    closeSync(file);
  }
}

export function isNewer(head: ChainHead | null, than: ChainHead | null): boolean {
  if (head === null || than === null) return head !== null;
  return head.chain === than.chain ? head.count > than.count : head.chain > than.chain;
}

export function createHeadSlots(folder: string, journalKey: Buffer): HeadSlots {
  const key = createSecretKey(journalKey);
  const paths = headFiles.map((name) => join(folder, name));
  const newest = (): { head: ChainHead | null; index: number } => {
    const heads = paths.map((path) => readSlot(path, key));
    const [a, b] = heads;
    const index = isNewer(b ?? null, a ?? null) ? 1 : 0;
    return { head: heads[index] ?? null, index };
  };
  let next: number | null = null;
  return {
    read: () => newest().head,
    write: (head) => {
      // Never over the newest: it must outlive a crash in the middle of this write.
      const slot = next ?? 1 - newest().index;
      const path = paths[slot] ?? join(folder, headFiles[0]);
      const text = slotText({ ...head, seal: sealOf(key, head) });
      try {
        writeSynced(path, text);
      } catch (thrown) {
        if (!isMissing(thrown)) throw thrown;
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeSynced(path, text);
      }
      next = 1 - slot;
    },
  };
}
