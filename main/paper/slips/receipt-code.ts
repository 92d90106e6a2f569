import { crc32 } from 'node:zlib';
import { fromBase32, toBase32 } from './base32.ts';
import { decodeFacts, encodeFacts, type LeftOut, type ReceiptCodeFacts } from './receipt-code-facts.ts';
import {
  ACCOUNT_TAG_BYTES,
  accountTag,
  KEY_TAG_BYTES,
  openFacts,
  type ReceiptCodeAccount,
  type ReceiptCodeKey,
  SEAL_BYTES,
  sealFacts,
} from './receipt-code-seal.ts';

/** What makes and reads receipt codes: the account with its present key. */
export interface ReceiptCodeDesk {
  readonly account: ReceiptCodeAccount;
  readonly key: ReceiptCodeKey;
  /** Practice codes are marked as such. */
  readonly isPractice: boolean;
}

/** Why a text is no receipt code of this shop; `not-a-slip` is any other code, e.g. a member's card. */
export type ReceiptCodeProblem =
  | 'not-a-slip'
  | 'damaged'
  | 'newer'
  | 'practice'
  | 'live'
  | 'other-shop'
  | 'other-key'
  | 'forged';

export type ReadReceiptCode =
  | { readonly ok: true; readonly facts: ReceiptCodeFacts }
  | { readonly ok: false; readonly problem: ReceiptCodeProblem };

/** The prefix of every code, before its version. */
const MARK = 'CFS';
const VERSION = 1;
/** The longest code; names are left out to fit. */
export const MOST_CHARACTERS = 250;
/** Shorter than any receipt code, longer than any card. */
const FEWEST_CHARACTERS = 100;
const SUM_BYTES = 3;
const HEADER_BYTES = 1 + ACCOUNT_TAG_BYTES + KEY_TAG_BYTES;

/** A checksum, also of the version, that separates misread codes from forged ones; anybody can compute it. */
const sumOf = (bytes: Buffer): Buffer => {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(Buffer.concat([Buffer.of(VERSION), bytes])));
  return sum.subarray(0, SUM_BYTES);
};

const leftOut: readonly LeftOut[] = [
  [],
  ['customerName'],
  ['customerName', 'actor'],
  ['customerName', 'actor', 'till'],
  ['customerName', 'actor', 'till', 'customerNumber'],
  ['customerName', 'actor', 'till', 'customerNumber', 'before'],
];

/** The QR code's text: digits and capital letters. Null for an entry that cannot be encoded exactly. */
export function writeReceiptCode(
  { account, key, isPractice }: ReceiptCodeDesk,
  facts: ReceiptCodeFacts,
): string | null {
  const header = Buffer.concat([Buffer.of(isPractice ? 1 : 0), accountTag(account), key.tag]);
  const textOf = (without: LeftOut): string => {
    const { seal, hidden } = sealFacts(key, header, encodeFacts(facts, without));
    const bytes = Buffer.concat([header, seal, hidden]);
    return `${MARK}${VERSION}${toBase32(Buffer.concat([bytes, sumOf(bytes)]))}`;
  };
  try {
    const texts = leftOut.map((without) => () => textOf(without));
    let text = '';
    for (const make of texts) {
      text = make();
      if (text.length <= MOST_CHARACTERS) break;
    }
    return text;
  } catch (thrown) {
    if (thrown instanceof RangeError || thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

/** Normalises scanner input: full-width characters, any case, a line break. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** Decodes a scanned text; returns no content where the MAC does not match. */
export function readReceiptCode(
  { account, key, isPractice }: ReceiptCodeDesk,
  scanned: string,
): ReadReceiptCode {
  const text = plain(scanned);
  const refuse = (problem: ReceiptCodeProblem): ReadReceiptCode => ({ ok: false, problem });
  if (!text.startsWith(MARK)) return refuse('not-a-slip');
  const mark = text.charAt(MARK.length);
  if (text.length < FEWEST_CHARACTERS)
    return refuse(text.length > FEWEST_CHARACTERS / 2 ? 'damaged' : 'not-a-slip');
  if (mark !== String(VERSION)) return refuse(/^[2-9]$/.test(mark) ? 'newer' : 'damaged');
  const bytes = fromBase32(text.slice(MARK.length + 1));
  if (bytes === null) return refuse('damaged');
  const body = bytes.subarray(0, -SUM_BYTES);
  if (!sumOf(body).equals(bytes.subarray(-SUM_BYTES))) return refuse('damaged');
  const header = body.subarray(0, HEADER_BYTES);
  const isOfPractice = header.readUInt8(0) === 1;
  if (isOfPractice !== isPractice) return refuse(isOfPractice ? 'practice' : 'live');
  if (!header.subarray(1, 1 + ACCOUNT_TAG_BYTES).equals(accountTag(account))) return refuse('other-shop');
  if (!header.subarray(1 + ACCOUNT_TAG_BYTES).equals(key.tag)) return refuse('other-key');
  const seal = body.subarray(HEADER_BYTES, HEADER_BYTES + SEAL_BYTES);
  const opened = openFacts(key, header, seal, body.subarray(HEADER_BYTES + SEAL_BYTES));
  const facts = opened === null ? 'unreadable' : decodeFacts(opened);
  if (typeof facts !== 'string') return { ok: true, facts };
  return refuse(facts === 'newer' ? 'newer' : 'forged');
}
