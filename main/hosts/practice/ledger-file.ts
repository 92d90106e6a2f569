import { appendFileSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const memberSchema = z.object({
  customerUid: z.string(),
  number: z.string(),
  name: z.string(),
  phone: z.string(),
  categoryName: z.string(),
  balance: z.string(),
  point: z.string(),
  enable: z.number(),
  expiryDate: z.string().nullable(),
});

const incrementSchema = z.object({
  callNumber: z.number(),
  customerUid: z.string(),
  balanceIncrement: z.string(),
  pointIncrement: z.string(),
  dataChangeTime: z.string(),
  balanceBefore: z.string(),
  balanceAfter: z.string(),
  pointBefore: z.string(),
  pointAfter: z.string(),
  atMs: z.number(),
  backOffice: z.object({ payMethod: z.string(), account: z.string(), gift: z.string() }).optional(),
});

const recordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('store'), appId: z.string(), appKey: z.string(), port: z.number() }),
  z.object({ kind: z.literal('increment'), increment: incrementSchema }),
  z.object({ kind: z.literal('member'), member: memberSchema }),
]);

export type LedgerRecord = z.infer<typeof recordSchema>;

export interface LedgerFile {
  /** What was there when it was opened. */
  readonly records: readonly LedgerRecord[];
  /** Handed to the operating system when it returns, so a killed process loses nothing. Throws where the disk refuses. */
  append(record: LedgerRecord): void;
}

/** A complete line is unreadable. */
export class LedgerDamaged extends Error {}

const newline = 0x0a;

function readWholeLines(path: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
  const whole = bytes.subarray(0, bytes.lastIndexOf(newline) + 1);
  // An incomplete last line was never answered: its writer died before the reply.
  if (whole.length < bytes.length) truncateSync(path, whole.length);
  return whole;
}

/** Opens or starts a ledger file. Throws `LedgerDamaged`, naming the line, where another than the last is unreadable. */
export function openLedgerFile(path: string): LedgerFile {
  mkdirSync(dirname(path), { recursive: true });
  const whole = readWholeLines(path);
  let lengthBytes = whole.length;
  const lines = whole.toString('utf8').split('\n').slice(0, -1);
  const records = lines.map((line, index) => {
    try {
      return recordSchema.parse(JSON.parse(line));
    } catch (error) {
      throw new LedgerDamaged(`practice ledger ${path}, line ${index + 1} cannot be read`, { cause: error });
    }
  });
  return {
    records,
    append(record) {
      const line = Buffer.from(`${JSON.stringify(record)}\n`, 'utf8');
      try {
        appendFileSync(path, line);
      } catch (error) {
        // Half a line left by a full disk would corrupt the next one.
        truncateSync(path, lengthBytes);
        throw error;
      }
      lengthBytes += line.length;
    },
  };
}

/** For stores without persistence. */
export const noLedgerFile: LedgerFile = { records: [], append: () => undefined };
