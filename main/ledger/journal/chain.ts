import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

/** What happened to an entry or to the till, in the order in which it was committed. */
export type JournalEvent =
  | 'chain-opened'
  | 'account'
  | 'added'
  | 'sending'
  | 'ended'
  | 'interrupted'
  | 'cancelled'
  | 'quarantined'
  | 'resigned'
  | 'sent-to-review'
  | 'decided'
  | 'adopted'
  | 'acknowledged'
  | 'tender-changed'
  | 'setting'
  | 'check-up'
  | 'noted';

/** One row of the journal. `content` is JSON text, never read before its row is vouched for. */
export interface JournalRow {
  /** Under which key: 1, and one more each time that it was lost. */
  readonly chain: number;
  /** 1, 2, 3 … without gaps, over all chains. */
  readonly number: number;
  readonly atMs: number;
  /** The entry's sequence; null for what concerns the till and not one entry. */
  readonly entry: number | null;
  readonly event: JournalEvent;
  /** Of the content: what shipped in one is read in the same way for ever. */
  readonly version: number;
  /** Who (`actorText`). */
  readonly actor: string;
  readonly reason: string;
  readonly content: string;
  /** The first half of an HMAC-SHA-256, hex: 128 bits, as RFC 2104 allows. */
  readonly mac: string;
}

export type UnsealedRow = Omit<JournalRow, 'mac'>;

export const MAC_BYTES = 16;

/** The MAC before the first row. */
export const GENESIS = '0'.repeat(MAC_BYTES * 2);

// A till has one journal key; made into a key object once, sealing costs half.
const keyObjects = new WeakMap<Buffer, KeyObject>();
function keyObject(key: Buffer): KeyObject {
  const known = keyObjects.get(key) ?? createSecretKey(key);
  keyObjects.set(key, known);
  return known;
}

/**
 * The MAC of a row: over the MAC before it and every field, each with its length, so that no two rows
 * and no two ways to cut a row give the same bytes.
 */
export function sealRow(key: Buffer, previousMac: string, row: UnsealedRow): string {
  const fields = [
    row.chain,
    row.number,
    row.atMs,
    row.entry ?? '\u0000',
    row.event,
    row.version,
    row.actor,
    row.reason,
    row.content,
  ];
  const cut = fields.map((field) => `${Buffer.byteLength(String(field), 'utf8')}:${field}`);
  return createHmac('sha256', keyObject(key))
    .update(`counterfoil journal 1\n${previousMac}\n${cut.join('')}`, 'utf8')
    .digest('hex')
    .slice(0, MAC_BYTES * 2);
}

const sameMac = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left, 'latin1'), Buffer.from(right, 'latin1')];
  return a.length === b.length && timingSafeEqual(a, b);
};

export const isSealed = (key: Buffer, previousMac: string, row: JournalRow): boolean =>
  sameMac(sealRow(key, previousMac, row), row.mac);

/** Where a chain stands: the number of its last row, and that row's MAC. */
export interface ChainHead {
  readonly chain: number;
  /** Of all rows up to there, those of older chains among them. */
  readonly count: number;
  readonly mac: string;
}

/** A chain before its first row, which follows this many rows of older chains. */
export const emptyChain = (chain: number, count = 0): ChainHead => ({ chain, count, mac: GENESIS });

export interface ChainBreak {
  /** The first row that is missing or does not fit. */
  readonly number: number;
  readonly why: 'missing' | 'altered' | 'entry-gone';
}

/**
 * Follows the chain over rows in order from `from`. Null when every row is there and fits; `reached`
 * is where it ends.
 */
export function followChain(
  key: Buffer,
  from: ChainHead,
  rows: Iterable<JournalRow>,
): { readonly broken: ChainBreak | null; readonly reached: ChainHead } {
  let reached = from;
  for (const row of rows) {
    if (row.chain !== from.chain || row.number !== reached.count + 1) {
      return { broken: { number: reached.count + 1, why: 'missing' }, reached };
    }
    if (!isSealed(key, reached.mac, row)) return { broken: { number: row.number, why: 'altered' }, reached };
    reached = { chain: row.chain, count: row.number, mac: row.mac };
  }
  return { broken: null, reached };
}

export interface ChainSurvey {
  readonly first: ChainBreak | null;
  /** The last row that is missing, altered or cannot be proven; 0 = none. What begins after it is vouched for. */
  readonly lastBroken: number;
  readonly reached: ChainHead;
}

/** Follows the chain as `followChain` does, and goes on after each break from the row as it lies there. */
export function surveyChain(key: Buffer, from: ChainHead, rows: Iterable<JournalRow>): ChainSurvey {
  let reached = from;
  let first: ChainBreak | null = null;
  let lastBroken = 0;
  for (const row of rows) {
    const isNext = row.number === reached.count + 1;
    if (!isNext || !isSealed(key, reached.mac, row)) {
      first ??= { number: reached.count + 1, why: isNext ? 'altered' : 'missing' };
      lastBroken = row.number;
    }
    reached = { chain: row.chain, count: row.number, mac: row.mac };
  }
  return { first, lastBroken, reached };
}
