/**
 * Format 4: `added` and `adopted` have a version 3, which refers to the member by a row of this table and its digest
 * (`main/ledger/tables/named-members.ts`), so that names can be erased, and adds the bonus rule's id and the origin
 * of an entry imported from a receipt (`main/ledger/tables/entry-facts.ts`).
 */
export const migration0004 = {
  formatVersion: 4,
  sql: `
CREATE TABLE named_member (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  uid TEXT NOT NULL,
  card TEXT,
  name TEXT,
  salt BLOB CHECK (length(salt) = 16),
  CHECK ((card IS NULL) = (salt IS NULL) AND (name IS NULL) = (salt IS NULL))
) STRICT;

CREATE INDEX named_member_by_uid ON named_member (uid);

CREATE TRIGGER named_member_is_kept BEFORE DELETE ON named_member
BEGIN SELECT RAISE(ABORT, 'a named member is erased and never taken out'); END;

CREATE TRIGGER named_member_is_only_erased BEFORE UPDATE ON named_member
  WHEN NEW.number IS NOT OLD.number OR NEW.uid IS NOT OLD.uid OR NEW.salt IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a named member is only erased'); END;
`,
} as const;
