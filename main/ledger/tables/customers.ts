import type { Db } from '../../kernel/database/open.ts';
import type { EntryFacts } from '../entry-types.ts';

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

export interface Customers {
  /** Of whom an entry is; in the transaction that writes it. */
  numberOf(facts: Pick<EntryFacts, 'customer_uid' | 'customer_number' | 'customer_name'>): number;
  /** Every way in which entries name this member. */
  ofUid(customerUid: string): readonly number[];
}

export function createCustomers(db: Db): Customers {
  const known = db.prepare('SELECT number FROM customer WHERE uid = ? AND card = ? AND name = ?');
  const insert = db.prepare('INSERT INTO customer (uid, card, name) VALUES (?, ?, ?) RETURNING number');
  const ofUid = db.prepare('SELECT number FROM customer WHERE uid = ?');
  return {
    numberOf: ({ customer_uid: uid, customer_number: card, customer_name: name }) => {
      const found = known.get(uid, card, name) ?? insert.get(uid, card, name);
      return (found as { number: number }).number;
    },
    ofUid: (customerUid) => (ofUid.all(customerUid) as { number: number }[]).map(({ number }) => number),
  };
}
