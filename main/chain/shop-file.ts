import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { err, ok, type Result } from '../../preload/contract/index.ts';
import { isPublicKey, isSignedBy, publicHalf, signText } from './owner-key.ts';
import { type Shop, shopSchema, shopText } from './shop.ts';

// `shop.json` in the chain's folder. Whoever can write there can put anything in its place: it is bounded, and read only as
// far as its signature is known to be good.

export const SHOP_FILE = 'shop.json';

const KIND = 'counterfoil shop ';
const FORMAT = `${KIND}1`;

/** Twenty rules, fifty people and every setting are a fifth of it. */
export const MOST_BYTES = 131_072;

const fileSchema = z
  .object({
    format: z.literal(FORMAT),
    /** A configuration's one text. */
    signed: z.string().max(MOST_BYTES),
    key: z.string().refine(isPublicKey),
    signature: z.string().max(100),
  })
  .strict();

const anyFormatSchema = z.looseObject({ format: z.string().max(100) });

/** Why a file is not taken; the word of its sentence. */
export type ShopProblem =
  | 'not-whole'
  | 'foreign'
  | 'newer'
  | 'altered'
  | 'invalid'
  | 'too-large'
  | 'link'
  | 'unreadable'
  | 'other-key'
  | 'other-chain'
  | 'other-currency'
  | 'older'
  | 'twice';

export interface ReadShop {
  readonly shop: Shop;
  /** Who says so. */
  readonly key: string;
  /** What was signed, as it was signed. */
  readonly signed: string;
}

interface SignedFile {
  readonly signed: string;
  readonly key: string;
  readonly signature: string;
}

const fileText = ({ signed, key, signature }: SignedFile): string =>
  `${JSON.stringify({ format: FORMAT, signed, key, signature })}\n`;

export function signShop(shop: Shop, key: KeyObject): string {
  const signed = shopText(shop);
  return fileText({ signed, key: publicHalf(key), signature: signText(signed, key) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Only UTF-8; a mark at its beginning stays, and is refused with the rest. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const isWellFormed = (text: string): boolean => Buffer.from(text, 'utf8').toString('utf8') === text;

/** A file exactly as `signShop` writes one: no second key, no other spelling, nothing behind it. Nothing is verified yet. */
function openEnvelope(bytes: Uint8Array): Result<SignedFile, ShopProblem> {
  if (bytes.length > MOST_BYTES) return err('too-large');
  const text = textOf(bytes);
  const content = text === null ? undefined : parsed(text);
  if (text === null || content === undefined) return err('not-whole');
  const file = fileSchema.safeParse(content);
  if (!file.success) {
    const format = anyFormatSchema.safeParse(content).data?.format ?? '';
    if (!format.startsWith(KIND)) return err('foreign');
    return err(format === FORMAT ? 'altered' : 'newer');
  }
  return fileText(file.data) === text ? ok(file.data) : err('altered');
}

/** A name that this program does not know, of a part or of an account. */
const isNewer: ReadonlySet<string> = new Set(['unrecognized_keys', 'invalid_key']);

/** What the key's owner signed, which may still be of a newer program. */
function openSigned(signed: string): Result<Shop, ShopProblem> {
  const content = parsed(signed);
  const read = shopSchema.safeParse(content);
  if (!read.success) {
    const isUnknown = read.error.issues.some(({ code }) => isNewer.has(code));
    return err(isUnknown ? 'newer' : 'invalid');
  }
  // A name written twice, or another spelling of a number, would be read otherwise elsewhere.
  return JSON.stringify(content) === signed ? ok(read.data) : err('invalid');
}

/**
 * A file that is signed with `trusted`, or with the key that it names itself, to be shown to a manager who compares its
 * fingerprint.
 */
export function readShopFile(bytes: Uint8Array, trusted: string | null): Result<ReadShop, ShopProblem> {
  const file = openEnvelope(bytes);
  if (!file.ok) return file;
  const { signed, key, signature } = file.value;
  if (trusted !== null && key !== trusted) return err('other-key');
  // Half a pair of surrogates would be signed as another character.
  if (!isWellFormed(signed) || !isSignedBy(key, signed, signature)) return err('altered');
  const shop = openSigned(signed);
  return shop.ok ? ok({ shop: shop.value, key, signed }) : shop;
}
