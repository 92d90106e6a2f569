import type { KeyObject } from 'node:crypto';
import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { createOpener, type Frame, lockOfHead } from '../../kernel/sealing/frames.ts';
import type { Lock } from '../../kernel/sealing/lock.ts';
import type { JournalEvent } from '../../ledger/journal/index.ts';
import type { StoredRow } from '../../ledger/tables/index.ts';
import { piecesOf } from './box-frames.ts';

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
  // The names of a member that the row has by number; older boxes lack them.
  named: z
    .object({
      uid: z.string(),
      card: z.string().nullable(),
      name: z.string().nullable(),
      salt: z.string().nullable(),
    })
    .optional(),
});

/** The versions of the journal in a box, newest last: a restored till reuses row numbers for other rows. */
export interface BlackBox {
  readonly ways: readonly (readonly StoredRow[])[];
  /** Part of it cannot be read: a stick was pulled out, damage, or tampering. */
  readonly isTorn: boolean;
}

type Way = Map<number, StoredRow>;

/** A row repeated after a crash is the same row; another with its number begins a version. */
function takeRow(ways: Way[], row: StoredRow): void {
  const way: Way = ways.at(-1) ?? new Map();
  if (ways.length === 0) ways.push(way);
  const known = way.get(row.number);
  if (known === undefined) way.set(row.number, row);
  else if (known.mac !== row.mac)
    ways.push(new Map([...way].filter(([number]) => number < row.number)).set(row.number, row));
}

const inOrder = (way: Way): readonly StoredRow[] => [...way.values()].sort((a, b) => a.number - b.number);

function takeRows(ways: Way[], plain: Buffer): void {
  for (const line of plain.toString('utf8').split('\n'))
    if (line !== '') takeRow(ways, rowSchema.parse(JSON.parse(line)));
}

type Open = (frame: Frame) => Buffer | null;

/**
 * Reads all that opens, for it may be all that is left of a till. Errors: `passphrase-wrong`, `backup-damaged` where it
 * is no box, or nothing opens.
 */
export async function readBlackBox(
  file: string,
  keyFor: (lock: Lock) => Promise<KeyObject | null>,
): Promise<Result<BlackBox>> {
  const handle = await open(file, 'r');
  const ways: Way[] = [];
  const keys = new Map<string, KeyObject | null>();
  let isWrong = false;
  let isTorn = false;
  let opens = 0;
  let openFrame: Open | null = null;
  const openerOf = async ({ content }: Frame): Promise<Open | null> => {
    const lock = lockOfHead(content);
    if (lock === null) return null;
    // By both: a damaged lock differs, and is tried once.
    const name = `${lock.salt} ${lock.publicKey}`;
    const known = keys.get(name);
    const key = known === undefined ? await keyFor(lock) : known;
    keys.set(name, key);
    isWrong ||= key === null;
    try {
      return key === null ? null : createOpener(content, key);
    } catch {
      // Damaged: it holds no key.
      return null;
    }
  };
  try {
    for await (const { frame } of piecesOf(handle)) {
      if (frame?.kind === 'head') {
        // Each takes a moment, and a year has thousands.
        await nextTurn();
        openFrame = await openerOf(frame);
        isTorn ||= openFrame === null;
        continue;
      }
      const plain = frame === null ? null : (openFrame?.(frame) ?? null);
      if (plain === null) isTorn = true;
      else {
        opens += 1;
        takeRows(ways, plain);
      }
    }
  } finally {
    await handle.close();
  }
  if (opens > 0) return ok({ ways: ways.map(inOrder), isTorn });
  return err(isWrong ? appError('passphrase-wrong') : appError('backup-damaged', { what: 'black box' }));
}
