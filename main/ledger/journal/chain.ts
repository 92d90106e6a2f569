import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

/** Kinds of journal rows. */
export type JournalEvent =
  | 'chain-opened'
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

/** A journal row. `content` is JSON, read only once the row is proven. */
export interface JournalRow {
  /** Counts the journal's keys: 1, and one more after each lost key. */
  readonly chain: number;
  /** 1, 2, 3 … without gaps, over all chains. */
  readonly number: number;
  readonly atMs: number;
  /** The entry's sequence; null for rows of the till. */
  readonly entry: number | null;
  readonly event: JournalEvent;
  /** The content's version: each that shipped keeps its reader. */
  readonly version: number;
  /** As `actorText`. */
  readonly actor: string;
  readonly reason: string;
  readonly content: string;
  /** The first half of an HMAC-SHA-256, hex: 128 bits, as RFC 2104 allows. */
  readonly mac: string;
}

export type UnsealedRow = Omit<JournalRow, 'mac'>;

const MAC_BYTES = 16;

export const GENESIS = '0'.repeat(MAC_BYTES * 2);

// Reusing the key object halves the cost of a MAC.
const keyObjects = new WeakMap<Buffer, KeyObject>();
function keyObject(key: Buffer): KeyObject {
  const known = keyObjects.get(key) ?? createSecretKey(key);
  keyObjects.set(key, known);
  return known;
}

/**
 * HMAC-SHA-256 over the previous MAC and every field with its length, so that no two rows, however split, give the same
 * bytes.
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

/** The checkpoint: a chain's last row. */
export interface ChainHead {
  readonly chain: number;
  /** Number of rows, older chains' included. */
  readonly count: number;
  readonly mac: string;
}

/** A chain before its first row, after `count` rows of older chains. */
export const emptyChain = (chain: number, count = 0): ChainHead => ({ chain, count, mac: GENESIS });

export interface ChainBreak {
  /** The first missing or altered row. */
  readonly number: number;
  readonly why: 'missing' | 'altered' | 'entry-gone';
}

/** Verifies rows in order from `from`, up to the first break; `reached` is where they end. */
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
  /** The last row that is missing, altered or unproven; 0 if none is. Entries begun after it verify. */
  readonly lastBroken: number;
  readonly reached: ChainHead;
}

/** As `followChain`, but continues after each break from the row as it is. */
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
