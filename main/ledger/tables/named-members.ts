import { createHmac, createSecretKey } from 'node:crypto';
import type { Db } from '../../kernel/database/open.ts';
import type { Random } from '../../kernel/ports.ts';
import type { MemberNames } from '../entry-types.ts';

/**
 * A member's names, stored outside the chain. An entry's first row has the number and a digest, so that the texts can
 * be erased but not replaced (ADR 58).
 */
export interface NamedMember {
  readonly uid: string;
  /** This and the next two are null once erased. */
  readonly card: string | null;
  readonly name: string | null;
  /** Hex, random for each row: nobody can find the name by trying digests once it is erased. */
  readonly salt: string | null;
}

/** As first rows name the member. */
export interface MemberReference {
  readonly number: number;
  readonly digest: string;
}

/** The names of a member that a first row refers to; null if the row beside the chain is missing or was altered. */
export type NamesOf = (reference: MemberReference, customerUid: string) => MemberNames | 'erased' | null;

/** For erased and altered rows. */
export const noNames: MemberNames = { customer_number: '', customer_name: '' };

const SALT_BYTES = 16;
/** 128 bits, like the row's MAC, which includes it. */
const DIGEST_BYTES = 16;

/** A key object, since raw bytes take Node four times as long, at each confirmation and send. */
export const digestOf = (uid: string, card: string, name: string, salt: string): string =>
  createHmac('sha256', createSecretKey(salt, 'hex'))
    .update(`counterfoil member 1\n${JSON.stringify([uid, card, name])}`)
    .digest()
    .subarray(0, DIGEST_BYTES)
    .toString('base64url');

/** Checks the digest. Pure; null as in `NamesOf`. */
export function namesIn(
  row: NamedMember | undefined,
  { digest }: MemberReference,
  customerUid: string,
): MemberNames | 'erased' | null {
  if (row === undefined || row.uid !== customerUid) return null;
  const { card, name, salt } = row;
  if (card === null || name === null || salt === null) return 'erased';
  return digestOf(row.uid, card, name, salt) === digest
    ? { customer_number: card, customer_name: name }
    : null;
}

/** Never cached, so that a change while the till runs is found. */
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

/** Finds or inserts the names; in the transaction of the row that refers to them. */
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
