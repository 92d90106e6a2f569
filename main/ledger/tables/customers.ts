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
