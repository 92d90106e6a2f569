import type { Db } from '../../kernel/database/open.ts';

/**
 * Who entries are for, as they say it, each way once: a till of years has a million entries and some thousand
 * customers, so that a name is looked for among these, and an entry has a number for three texts.
 */
export const customerSchema = `
CREATE TABLE customer (
  number INTEGER PRIMARY KEY,
  uid TEXT NOT NULL,
  card TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (uid, card, name)
) STRICT;
`;

/** Every way in which entries name a member, by its number. */
export function createCustomers(db: Db): { ofUid(customerUid: string): readonly number[] } {
  const ofUid = db.prepare('SELECT number FROM customer WHERE uid = ?');
  return {
    ofUid: (customerUid) => (ofUid.all(customerUid) as { number: number }[]).map(({ number }) => number),
  };
}
