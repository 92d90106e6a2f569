import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { type Actor, actorText } from '../kernel/actor.ts';
import type { Db } from '../kernel/database/open.ts';
import type { JournalRepository } from './journal/journal-repository.ts';
import { entriesOfMember } from './tables/entry-lookups.ts';

/** The note's reason. It names nobody: it has a digest of the member's uid, under a key of this till. */
export const MEMBER_ERASED = 'member erased';

/** Members whose names were erased at this till (ADR 94). */
export interface ErasedMembers {
  /** Whether lists of many members leave this one out. */
  has(customerUid: string): boolean;
  hasDigest(digest: string): boolean;
  digestOf(customerUid: string): string;
  entriesOf(customerUid: string): number;
  /** How often this process erased a member. */
  times(): number;
  /** In the caller's transaction: erases the names beside the chain and in the tables, and notes it. */
  erase(customerUid: string, who: Actor): void;
  /** Notes only a digest, where a restored backup lacks the note. */
  note(digest: string, who: Actor): void;
}

/** More than are erased in a till's life. */
const MOST = 100_000;
const DIGEST_BYTES = 16;

export const isErasedDigest = (digest: unknown): digest is string =>
  typeof digest === 'string' && /^[\w-]{22}$/.test(digest);

const named = '@customerUid';
const itsEntries = entriesOfMember(named);

export function createErasedMembers(
  db: Db,
  journal: Pick<JournalRepository, 'append' | 'notes'>,
  journalKey: Buffer,
): ErasedMembers {
  const key = createSecretKey(
    Buffer.from(hkdfSync('sha256', journalKey, '', 'counterfoil erased member 1', 32)),
  );
  const digestOf = (customerUid: string): string =>
    createHmac('sha256', key).update(customerUid).digest().subarray(0, DIGEST_BYTES).toString('base64url');
  let known: ReadonlySet<string> | null = null;
  let times = 0;
  const digests = (): ReadonlySet<string> => {
    known ??= new Set(
      journal.notes(MEMBER_ERASED, { limit: MOST }).flatMap(({ content, isProven }) => {
        const { digest } = (content ?? {}) as { readonly digest?: unknown };
        return isProven && isErasedDigest(digest) ? [digest] : [];
      }),
    );
    return known;
  };

  const count = db.prepare(`SELECT COUNT(*) AS entries FROM (${itsEntries})`);
  const eraseNames = db.prepare(
    `UPDATE named_member SET card = NULL, name = NULL, salt = NULL WHERE uid = ${named} AND salt IS NOT NULL`,
  );
  const addNobody = db.prepare(`INSERT OR IGNORE INTO customer (uid, card, name) VALUES (${named}, '', '')`);
  const takeOut = db.prepare(
    `UPDATE increment SET customer = (SELECT number FROM customer WHERE uid = ${named} AND card = '' AND name = '')
     WHERE sequence IN (${itsEntries})`,
  );
  const forget = db.prepare(`DELETE FROM customer WHERE uid = ${named} AND (card <> '' OR name <> '')`);
  const note: ErasedMembers['note'] = (digest, who) => {
    // Read again later: this transaction may still be rolled back.
    known = null;
    const { approvedBy = null } = who;
    const content = { digest, approvedBy };
    journal.append({ event: 'noted', actor: actorText(who), reason: MEMBER_ERASED, content });
  };
  return {
    has: (customerUid) => digests().size > 0 && digests().has(digestOf(customerUid)),
    hasDigest: (digest) => digests().has(digest),
    digestOf,
    entriesOf: (customerUid) => (count.get({ customerUid }) as { entries: number }).entries,
    times: () => times,
    erase: (customerUid, who) => {
      times += 1;
      for (const statement of [eraseNames, addNobody, takeOut, forget]) statement.run({ customerUid });
      note(digestOf(customerUid), who);
    },
    note,
  };
}
