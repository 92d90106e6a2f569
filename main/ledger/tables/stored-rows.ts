import type { Db } from '../../kernel/database/open.ts';
import type { JournalRow } from '../journal/chain.ts';
import { referenceOf } from './entry-events.ts';
import { createNamedMember, digestOf, type NamedMember, type NamesOf, namesIn } from './named-members.ts';

/** A journal row as stored outside its database, with the member's names. */
export interface StoredRow extends JournalRow {
  readonly named?: NamedMember | undefined;
}

/** Adds the names to rows that refer to a member; databases of older formats have no references. */
export function createWithNames(db: Db): (row: JournalRow) => StoredRow {
  const hasNames = db.prepare("SELECT 1 AS found FROM sqlite_schema WHERE name = 'named_member'").get();
  if (hasNames === undefined) return (row) => row;
  const namedMember = createNamedMember(db);
  return (row) => {
    const reference = referenceOf(row);
    const named = reference === null ? undefined : namedMember(reference.number);
    return named === undefined ? row : { ...row, named };
  };
}

/** By digest: two branches of a journal may have given one number to two members. */
export function namesInRows(rows: readonly Pick<StoredRow, 'named'>[]): NamesOf {
  const byDigest = new Map<string, NamedMember>();
  for (const { named } of rows) {
    if (named === undefined || named.card === null || named.name === null || named.salt === null) continue;
    byDigest.set(digestOf(named.uid, named.card, named.name, named.salt), named);
  }
  return (naming, customerUid) =>
    'digest' in naming ? namesIn(byDigest.get(naming.digest), naming, customerUid) : naming;
}
