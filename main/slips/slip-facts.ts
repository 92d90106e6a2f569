import type { Amount, EntryKind, EntryTerms } from '../../preload/contract/index.ts';
import { fromScaled, toScaled } from '../outbox/scaled.ts';
import { createByteReader, createByteWriter } from './bytes.ts';

/** What was agreed at the counter, as far as a slip has room for it. */
export type SlipTerms = Pick<
  EntryTerms,
  'tender' | 'given' | 'bonus' | 'purchase' | 'bonusLetGo' | 'rulesVersion'
>;

/** What a slip says of its entry. Nothing of what is sent to KYBIO is among it: neither the bytes nor their signature. */
export interface SlipFacts {
  /** As the outbox has it: a UUID in 22 characters. */
  readonly id: string;
  /** Of the till that printed it: the number that a person reads on the paper. */
  readonly sequence: number;
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
  readonly terms: SlipTerms;
}

const kinds = ['top-up', 'award', 'reversal'] as const satisfies readonly EntryKind[];
const tenders = [null, 'cash', 'card', 'qr', 'transfer'] as const;
const OWN_TENDER = tenders.length;
const sums = ['given', 'bonus', 'purchase', 'bonusLetGo'] as const satisfies readonly (keyof SlipTerms)[];
const HAS_RULES = 1 << sums.length;
const CONFIRMED = 4;
const CORRECTS = 8;
const ID_BYTES = 16;

/** So many bytes of a text fit on a slip; of a card's number all or nothing. */
const MOST_OF = { till: 40, actor: 24, name: 30, number: 40, tender: 24 } as const;

/** As many whole characters as fit into so many bytes. */
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

/** A till's name as a slip has room for it. */
export const tillOnSlip = (till: string): string => cutTo(till, MOST_OF.till);

const idBytes = (id: string): Buffer => {
  const bytes = Buffer.from(id, 'base64url');
  if (bytes.length !== ID_BYTES || bytes.toString('base64url') !== id) throw new RangeError('no id of ours');
  return bytes;
};

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

/** Which texts are left out, where all of them do not fit. */
export type LeftOut = readonly ('customerName' | 'actor' | 'customerNumber')[];

/** Throws a RangeError on an entry that cannot be said exactly. */
export function encodeFacts(facts: SlipFacts, leftOut: LeftOut = []): Buffer {
  const { terms } = facts;
  const writer = createByteWriter();
  const kind = kinds.indexOf(facts.kind);
  writer.byte(kind | (facts.isConfirmed ? CONFIRMED : 0) | (facts.corrects === null ? 0 : CORRECTS));
  const tender = tenders.indexOf(terms.tender as (typeof tenders)[number]);
  const isOwn = tender < 0;
  const given = sums.reduce((mask, name, bit) => mask | (terms[name] === null ? 0 : 1 << bit), 0);
  writer.byte(given | (terms.rulesVersion === null ? 0 : HAS_RULES));
  writer.byte(isOwn ? OWN_TENDER : Math.max(0, tender));
  if (isOwn) writer.text(cutTo(terms.tender ?? '', MOST_OF.tender));
  writer.raw(idBytes(facts.id));
  if (facts.corrects !== null) writer.raw(idBytes(facts.corrects));
  writer.integer(BigInt(facts.sequence));
  writer.integer(exactInteger(facts.customerUid));
  writer.integer(BigInt(toScaled(facts.balanceIncrement)));
  writer.integer(BigInt(toScaled(facts.pointIncrement)));
  writer.integer(secondOf(facts.dataChangeTime));
  writer.integer(BigInt(facts.createdAtMs));
  for (const name of sums) {
    const sum = terms[name];
    if (sum !== null) writer.integer(BigInt(toScaled(sum)));
  }
  if (terms.rulesVersion !== null) writer.integer(BigInt(terms.rulesVersion));
  writer.text(tillOnSlip(facts.till));
  const isNumberWhole = Buffer.byteLength(facts.customerNumber) <= MOST_OF.number;
  writer.text(leftOut.includes('customerNumber') || !isNumberWhole ? '' : facts.customerNumber);
  writer.text(leftOut.includes('actor') ? '' : cutTo(facts.actor, MOST_OF.actor));
  writer.text(leftOut.includes('customerName') ? '' : cutTo(facts.customerName, MOST_OF.name));
  return writer.bytes();
}

/** Null for what `encodeFacts` does not write. */
export function decodeFacts(bytes: Buffer): SlipFacts | null {
  try {
    return readFacts(bytes);
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

function readFacts(bytes: Buffer): SlipFacts | null {
  const reader = createByteReader(bytes);
  const flags = reader.byte();
  const mask = reader.byte();
  const tenderCode = reader.byte();
  const kind = kinds[flags & 3];
  const tender = tenderCode === OWN_TENDER ? reader.text() : tenders[tenderCode];
  if (kind === undefined || flags >= 16 || mask >= HAS_RULES * 2 || tender === undefined) return null;
  const id = reader.raw(ID_BYTES).toString('base64url');
  const corrects = (flags & CORRECTS) === 0 ? null : reader.raw(ID_BYTES).toString('base64url');
  const sequence = Number(reader.integer());
  const customerUid = String(reader.integer());
  const balanceIncrement = fromScaled(String(reader.integer()));
  const pointIncrement = fromScaled(String(reader.integer()));
  const dataChangeTime = timeOf(reader.integer());
  const createdAtMs = Number(reader.integer());
  const [given, bonus, purchase, bonusLetGo] = sums.map((_, bit) =>
    (mask & (1 << bit)) === 0 ? null : fromScaled(String(reader.integer())),
  ) as [Amount | null, Amount | null, Amount | null, Amount | null];
  const rulesVersion = (mask & HAS_RULES) === 0 ? null : Number(reader.integer());
  const [till, customerNumber, actor, customerName] = [0, 1, 2, 3].map(reader.text) as [
    string,
    string,
    string,
    string,
  ];
  if (!reader.isAtEnd()) return null;
  return {
    ...{ id, sequence, till, kind, customerUid, customerNumber, customerName, balanceIncrement },
    ...{ pointIncrement, dataChangeTime, createdAtMs, actor, corrects },
    isConfirmed: (flags & CONFIRMED) !== 0,
    terms: { tender, given, bonus, purchase, bonusLetGo, rulesVersion },
  };
}
