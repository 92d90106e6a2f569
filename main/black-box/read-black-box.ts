import type { KeyObject } from 'node:crypto';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { JournalEvent, JournalRow } from '../journal/chain.ts';
import { createOpener, type Frame, lockOfHead } from '../sealing/frames.ts';
import type { Lock } from '../sealing/lock.ts';
import { framesOf } from '../sealing/sealed-file.ts';

const rowSchema = z.object({
  number: z.number().int().positive(),
  chain: z.number().int().positive(),
  atMs: z.number().int(),
  entry: z.number().int().nullable(),
  event: z.string().transform((event) => event as JournalEvent),
  version: z.number().int(),
  actor: z.string(),
  reason: z.string(),
  content: z.string(),
  mac: z.string(),
});

/**
 * What a black box tells. A till that was put back from a backup writes other rows under numbers that were written
 * before: each such way that its journal went is a list of its own, the newest last.
 */
export interface BlackBox {
  readonly ways: readonly (readonly JournalRow[])[];
  /** The last frame is half a one: the stick was pulled out, or the till died, while it was written. */
  readonly isTorn: boolean;
}

type Way = Map<number, JournalRow>;

/** Puts each row where it belongs. One that is told again, after a crash, is the same row. */
function takeRow(ways: Way[], row: JournalRow): void {
  const way: Way = ways.at(-1) ?? new Map();
  if (ways.length === 0) ways.push(way);
  const known = way.get(row.number);
  if (known === undefined) way.set(row.number, row);
  else if (known.mac !== row.mac)
    ways.push(new Map([...way].filter(([number]) => number < row.number)).set(row.number, row));
}

const inOrder = (way: Way): readonly JournalRow[] => [...way.values()].sort((a, b) => a.number - b.number);

/** Reads a black box. Errors: `passphrase-wrong`, `backup-damaged` where it is none, or was changed. */
export async function readBlackBox(
  file: string,
  keyFor: (lock: Lock) => Promise<KeyObject | null>,
): Promise<Result<BlackBox>> {
  const damaged = (what: string) => err(appError('backup-damaged', { what }));
  const handle = await open(file, 'r');
  const ways: Way[] = [];
  const keys = new Map<string, KeyObject | null>();
  let openFrame: ((frame: Frame) => Buffer | null) | null = null;
  try {
    for await (const frame of framesOf(handle)) {
      if (frame === null)
        return openFrame === null ? damaged('head') : ok({ ways: ways.map(inOrder), isTorn: true });
      if (frame.kind === 'head') {
        const lock = lockOfHead(frame.content);
        if (lock === null) return damaged('head');
        const key = keys.get(lock.publicKey) ?? (await keyFor(lock));
        keys.set(lock.publicKey, key);
        if (key === null) return err(appError('passphrase-wrong'));
        openFrame = createOpener(frame.content, key);
        continue;
      }
      const plain = openFrame?.(frame) ?? null;
      if (plain === null) return damaged('sealed');
      for (const line of plain.toString('utf8').split('\n'))
        if (line !== '') takeRow(ways, rowSchema.parse(JSON.parse(line)));
    }
    return openFrame === null ? damaged('empty') : ok({ ways: ways.map(inOrder), isTorn: false });
  } finally {
    await handle.close();
  }
}
