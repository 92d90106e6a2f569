import type { Amount, EntryKind, EntryTerms, StandardTender } from '../../../preload/contract/index.ts';
import { fromScaled, toScaled } from '../../kernel/scaled.ts';
import { type ByteReader, type ByteWriter, createByteReader, createByteWriter } from './bytes.ts';

/** The entry's terms that fit into a receipt code. */
export type ReceiptCodeTerms = Pick<
  EntryTerms,
  'tender' | 'given' | 'bonus' | 'purchase' | 'bonusLetGo' | 'rulesVersion'
>;

/** The till and epoch that made an entry: ids of 16 hex digits; names are for people. */
export interface ReceiptCodeOrigin {
  readonly tillId: string;
  readonly epoch: string;
}

/** The member's sums before the entry, and when that was known. */
export interface HeldBefore {
  readonly balance: Amount;
  readonly point: Amount;
  /** To the second. */
  readonly atMs: number;
}

/** A receipt code's content. Never the bytes sent to KYBIO or their signature. */
export interface ReceiptCodeFacts {
  /** The outbox's id: a UUID in 22 characters. */
  readonly id: string;
  /** The number printed on the receipt. */
  readonly sequence: number;
  /** The till's name, for people; empty where it did not fit. */
  readonly till: string;
  readonly kind: EntryKind;
  readonly customerUid: string;
  readonly customerNumber: string;
  readonly customerName: string;
  readonly balanceIncrement: Amount;
  readonly pointIncrement: Amount;
  readonly dataChangeTime: string;
  readonly createdAtMs: number;
  readonly actor: string;
  readonly corrects: string | null;
  /** KYBIO had confirmed it when it was printed. */
  readonly isConfirmed: boolean;
  readonly terms: ReceiptCodeTerms;
  readonly origin: ReceiptCodeOrigin;
  /** Null where unknown. */
  readonly before: HeldBefore | null;
}

/** Two bits; these and the codes below never change. */
const kindCodes: Readonly<Record<EntryKind, 0 | 1 | 2 | 3>> = { 'top-up': 0, award: 1, reversal: 2 };

/** The standard tenders in printed codes. A new one gets the next number. */
const tenderCodes: Readonly<Record<StandardTender, number>> = {
  cash: 1,
  card: 2,
  qr: 3,
  transfer: 4,
};
const NO_TENDER = 0;
const OWN_TENDER = 255;

const sums = [
  'given',
  'bonus',
  'purchase',
  'bonusLetGo',
] as const satisfies readonly (keyof ReceiptCodeTerms)[];
const HAS_RULES = 1 << sums.length;
const CONFIRMED = 4;
const CORRECTS = 8;
const BEFORE = 16;
const ID_BYTES = 16;
const ORIGIN_BYTES = 8;

/** Bytes per text; a card number fits whole or not at all. */
const MOST_OF = { till: 24, actor: 24, name: 30, number: 40 } as const;

/** Truncates to whole characters within so many bytes. */
export function cutTo(text: string, most: number): string {
  let cut = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > most) break;
    cut += character;
  }
  return cut;
}

const idBytes = (id: string): Buffer => {
  const bytes = Buffer.from(id, 'base64url');
  if (bytes.length !== ID_BYTES || bytes.toString('base64url') !== id) throw new RangeError('no id of ours');
  return bytes;
};

const originBytes = (id: string): Buffer => {
  const bytes = Buffer.from(id, 'hex');
  if (bytes.length !== ORIGIN_BYTES || bytes.toString('hex') !== id) throw new RangeError('no id of a till');
  return bytes;
};

const wholeSecond = (ms: number): bigint => BigInt(Math.floor(ms / 1_000));

const secondOf = (dataChangeTime: string): bigint => {
  const second = Date.parse(`${dataChangeTime.replace(' ', 'T')}Z`) / 1_000;
  if (!Number.isSafeInteger(second)) throw new RangeError('no dataChangeTime');
  return BigInt(second);
};

const timeOf = (second: bigint): string =>
  new Date(Number(second) * 1_000).toISOString().slice(0, 19).replace('T', ' ');

const exactInteger = (text: string): bigint => {
  const value = BigInt(text);
  if (String(value) !== text) throw new RangeError('no plain integer');
  return value;
};

/** The texts to leave out where not all fit. */
export type LeftOut = readonly ('customerName' | 'actor' | 'till' | 'customerNumber' | 'before')[];

/** Throws a RangeError on an entry that cannot be encoded exactly. */
export function encodeFacts(facts: ReceiptCodeFacts, leftOut: LeftOut = []): Buffer {
  const { terms, origin } = facts;
  const before = leftOut.includes('before') ? null : facts.before;
  const writer = createByteWriter();
  const flags = [facts.isConfirmed && CONFIRMED, facts.corrects !== null && CORRECTS, before && BEFORE];
  writer.byte(flags.reduce<number>((all, flag) => all | (flag || 0), kindCodes[facts.kind]));
  const given = sums.reduce((mask, name, bit) => mask | (terms[name] === null ? 0 : 1 << bit), 0);
  writer.byte(given | (terms.rulesVersion === null ? 0 : HAS_RULES));
  encodeTender(writer, terms.tender);
  writer.raw(originBytes(origin.tillId));
  writer.raw(originBytes(origin.epoch));
  writer.raw(idBytes(facts.id));
  if (facts.corrects !== null) writer.raw(idBytes(facts.corrects));
  writer.integer(BigInt(facts.sequence));
  writer.integer(exactInteger(facts.customerUid));
  writer.integer(BigInt(toScaled(facts.balanceIncrement)));
  writer.integer(BigInt(toScaled(facts.pointIncrement)));
  writer.integer(BigInt(facts.createdAtMs));
  const createdAt = wholeSecond(facts.createdAtMs);
  // Stored as the difference, which is shorter.
  writer.integer(secondOf(facts.dataChangeTime) - createdAt);
  if (before !== null) {
    writer.integer(BigInt(toScaled(before.balance)));
    writer.integer(BigInt(toScaled(before.point)));
    writer.integer(createdAt - wholeSecond(before.atMs));
  }
  for (const name of sums) {
    const sum = terms[name];
    if (sum !== null) writer.integer(BigInt(toScaled(sum)));
  }
  if (terms.rulesVersion !== null) writer.integer(BigInt(terms.rulesVersion));
  writer.text(leftOut.includes('till') ? '' : cutTo(facts.till, MOST_OF.till));
  const isNumberWhole = Buffer.byteLength(facts.customerNumber) <= MOST_OF.number;
  writer.text(leftOut.includes('customerNumber') || !isNumberWhole ? '' : facts.customerNumber);
  writer.text(leftOut.includes('actor') ? '' : cutTo(facts.actor, MOST_OF.actor));
  writer.text(leftOut.includes('customerName') ? '' : cutTo(facts.customerName, MOST_OF.name));
  return writer.bytes();
}

function encodeTender(writer: ByteWriter, tender: string | null): void {
  const known = Object.entries(tenderCodes).find(([name]) => name === tender);
  const isOwn = tender !== null && known === undefined;
  writer.byte(isOwn ? OWN_TENDER : (known?.[1] ?? NO_TENDER));
  // Never truncated: that would be another tender.
  if (isOwn) writer.text(tender);
}

/** `unreadable` for what `encodeFacts` never wrote; `newer` for an unknown tender. */
export type DecodedFacts = ReceiptCodeFacts | 'unreadable' | 'newer';

export function decodeFacts(bytes: Buffer): DecodedFacts {
  try {
    return readFacts(createByteReader(bytes));
  } catch (thrown) {
    if (thrown instanceof RangeError) return 'unreadable';
    throw thrown;
  }
}

const nameOf = <N extends string>(codes: Readonly<Record<N, number>>, code: number): N | undefined =>
  (Object.keys(codes) as N[]).find((name) => codes[name] === code);

/** Undefined for an unknown tender. */
function decodeTender(reader: ByteReader): string | null | undefined {
  const code = reader.byte();
  if (code === NO_TENDER) return null;
  if (code === OWN_TENDER) return reader.text();
  return nameOf(tenderCodes, code);
}

const scaledOf = (reader: ByteReader): Amount => fromScaled(String(reader.integer()));

function readFacts(reader: ByteReader): DecodedFacts {
  const [flags, mask] = [reader.byte(), reader.byte()];
  const tender = decodeTender(reader);
  if (tender === undefined) return 'newer';
  const kind = nameOf(kindCodes, flags & 3);
  if (kind === undefined || flags >= BEFORE * 2 || mask >= HAS_RULES * 2) return 'unreadable';
  const originId = () => reader.raw(ORIGIN_BYTES).toString('hex');
  const origin = { tillId: originId(), epoch: originId() };
  const id = reader.raw(ID_BYTES).toString('base64url');
  const corrects = (flags & CORRECTS) === 0 ? null : reader.raw(ID_BYTES).toString('base64url');
  const sequence = Number(reader.integer());
  const customerUid = String(reader.integer());
  const [balanceIncrement, pointIncrement] = [scaledOf(reader), scaledOf(reader)];
  const createdAtMs = Number(reader.integer());
  const dataChangeTime = timeOf(wholeSecond(createdAtMs) + reader.integer());
  const before = (flags & BEFORE) === 0 ? null : readBefore(reader, createdAtMs);
  const [given, bonus, purchase, bonusLetGo] = sums.map((_, bit) =>
    (mask & (1 << bit)) === 0 ? null : scaledOf(reader),
  ) as [Amount | null, Amount | null, Amount | null, Amount | null];
  const rulesVersion = (mask & HAS_RULES) === 0 ? null : Number(reader.integer());
  const [till, customerNumber, actor, customerName] = [0, 1, 2, 3].map(reader.text) as [
    string,
    string,
    string,
    string,
  ];
  if (!reader.isAtEnd()) return 'unreadable';
  return {
    id,
    sequence,
    till,
    kind,
    customerUid,
    customerNumber,
    customerName,
    balanceIncrement,
    pointIncrement,
    dataChangeTime,
    createdAtMs,
    actor,
    corrects,
    origin,
    before,
    isConfirmed: (flags & CONFIRMED) !== 0,
    terms: { tender, given, bonus, purchase, bonusLetGo, rulesVersion },
  };
}

function readBefore(reader: ByteReader, createdAtMs: number): HeldBefore {
  const [balance, point] = [scaledOf(reader), scaledOf(reader)];
  return { balance, point, atMs: Number(wholeSecond(createdAtMs) - reader.integer()) * 1_000 };
}
