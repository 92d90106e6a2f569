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
 * The checkpoint outside the database (row count and MAC of the last row), in two fsynced slots written in turn: a
 * crash leaves one intact.
 */
export interface HeadSlots {
  /**
   * The newest valid checkpoint under this key; null if there is none. Throws if a slot cannot be read: it may be the
   * newer.
   */
  read(): ChainHead | null;
  /** Durable on return; throws otherwise. Tries once: the caller may wait and retry. */
  write(head: ChainHead): void;
}

const slotSchema = z.object({
  chain: z.number().int().positive(),
  count: z.number().int().nonnegative(),
  mac: z.string().regex(/^[0-9a-f]{32}$/),
  seal: z.string(),
});

export const headFiles = ['head-a.json', 'head-b.json'] as const;

/** Whether this folder has a checkpoint, under whatever key. */
export const isHeadStored = (folder: string): boolean =>
  headFiles.some((name) => existsSync(join(folder, name)));

const sealOf = (key: KeyObject, head: ChainHead): string =>
  createHmac('sha256', key)
    .update(`counterfoil head\n${head.chain}\n${head.count}\n${head.mac}`)
    .digest('hex');

/** Errors that mean no file, as opposed to one that another program locks. */
const noHead = /^(ENOENT|ENOTDIR|EISDIR|ELOOP|EIO)$/;

/** Null if there is no readable file. A locked one may hold the newest checkpoint: throws. */
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

/** A fixed size: overwriting needs no new block and no new file size. */
const SLOT_BYTES = 256;

/** Padded with blanks, which JSON ignores. */
const slotText = (content: object): string => `${JSON.stringify(content).padEnd(SLOT_BYTES - 1)}\n`;

/** Overwrites in place: truncating first would add a second thing to sync to every send. */
function writeSynced(path: string, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    const isInPlace = fstatSync(file).size === bytes.length;
    // Not writeSync: on a full disk it may write a part and report that only in its return value.
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
      // Never over the newest slot, which must survive a crash during this write.
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
