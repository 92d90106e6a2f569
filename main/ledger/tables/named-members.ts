import { createHmac, createSecretKey } from 'node:crypto';
import type { Db } from '../../kernel/database/open.ts';
import type { Random } from '../../kernel/ports.ts';
import type { MemberNames } from '../entry-types.ts';

/**
 * One way in which entries name a member, beside the chain. An entry's first row has its number and a digest of it, so
 * that the texts can be erased one day and nobody can put others in their place (ADR 58).
 */
export interface NamedMember {
  readonly uid: string;
  /** These three are null once the row is erased. */
  readonly card: string | null;
  readonly name: string | null;
  /** Random, of each row its own, in hex: without it nobody finds by trying which phone or name the digest was of. */
  readonly salt: string | null;
}

/** How an entry's first row names its member since version 3. */
export interface MemberReference {
  readonly number: number;
  readonly digest: string;
}

/** Versions 1 and 2 have the texts themselves. */
export type MemberNaming = MemberNames | MemberReference;

/** What a reference stands for; null where the row is gone or is not as it was when the entry was made. */
export type NamesOf = (reference: MemberReference, customerUid: string) => MemberNames | 'erased' | null;

/** An erased row, and one that cannot be relied on, name nobody. The entry's uid is in its signed bytes. */
export const noNames: MemberNames = { customer_number: '', customer_name: '' };

const SALT_BYTES = 16;
/** 128 bits, like a row's MAC, which binds this. */
const DIGEST_BYTES = 16;

/** As a key object: bytes alone take Node four times as long, at each confirm and each send. */
export const digestOf = (uid: string, card: string, name: string, salt: string): string =>
  createHmac('sha256', createSecretKey(salt, 'hex'))
    .update(`counterfoil member 1\n${JSON.stringify([uid, card, name])}`)
    .digest()
    .subarray(0, DIGEST_BYTES)
    .toString('base64url');

/** The names that a row gives to a reference to it. Pure; null as `NamesOf`. */
export function namesIn(
  row: NamedMember | undefined,
  { digest }: MemberReference,
  customerUid: string,
): ReturnType<NamesOf> {
  if (row === undefined || row.uid !== customerUid) return null;
  const { card, name, salt } = row;
  if (card === null || name === null || salt === null) return 'erased';
  return digestOf(row.uid, card, name, salt) === digest
    ? { customer_number: card, customer_name: name }
    : null;
}

/** Reads the row anew each time: what is altered while the till runs is found. */
export function createNamedMember(db: Db): (number: number) => NamedMember | undefined {
  const row = db.prepare(
    `SELECT uid, card, name, CASE WHEN salt IS NULL THEN NULL ELSE lower(hex(salt)) END AS salt FROM named_member WHERE number = ?`,
  );
  return (number) => row.get(number) as NamedMember | undefined;
}

export function createNamesOf(db: Db): NamesOf {
  const named = createNamedMember(db);
  return (reference, customerUid) => namesIn(named(reference.number), reference, customerUid);
}

/** The reference to a way of naming, which is written where there is none yet; in the transaction of the row that names it. */
export function createRefer(
  db: Db,
  random: Pick<Random, 'bytes'>,
): (customerUid: string, names: MemberNames) => MemberReference {
  const known = db.prepare(
    'SELECT number, lower(hex(salt)) AS salt FROM named_member WHERE uid = ? AND card = ? AND name = ? LIMIT 1',
  );
  const insert = db.prepare(
    'INSERT INTO named_member (uid, card, name, salt) VALUES (?, ?, ?, ?) RETURNING number',
  );
  return (uid, { customer_number: card, customer_name: name }) => {
    const found = known.get(uid, card, name) as { number: number; salt: string } | undefined;
    if (found !== undefined) return { number: found.number, digest: digestOf(uid, card, name, found.salt) };
    const salt = random.bytes(SALT_BYTES);
    const { number } = insert.get(uid, card, name, salt) as { number: number };
    return { number, digest: digestOf(uid, card, name, salt.toString('hex')) };
  };
}
