import type { Db } from '../../kernel/database/open.ts';
import { entriesOfMember } from '../../ledger/tables/index.ts';

/** The evidence beside an entry. */
export interface BesideEntry {
  readonly atMs: number;
  /** As stored: no names, but sums and times. */
  readonly content: string;
}

export interface PhoneShown {
  readonly atMs: number;
  readonly actor: string;
}

/** Rows about a member that no other repository lists. */
export interface MemberRowsRepository {
  beside(entryId: string): readonly BesideEntry[];
  /** Who was shown the whole phone. */
  phoneShown(customerUid: string): readonly PhoneShown[];
  /** Entries of the member with a note or reason that somebody typed. */
  withWords(customerUid: string): number;
}

export function createMemberRowsRepository(db: Db): MemberRowsRepository {
  const beside = db.prepare(
    'SELECT gathered_at_ms AS atMs, content FROM evidence WHERE increment_id = @entryId',
  );
  const phoneShown = db.prepare(
    `SELECT at_ms AS atMs, actor FROM journal WHERE entry IS NULL AND reason = 'phone shown'
       AND CASE WHEN json_valid(content) THEN json_extract(content, '$.customerUid') END = ? ORDER BY number`,
  );
  const withWords = db.prepare(
    `SELECT COUNT(*) AS entries FROM increment WHERE sequence IN (${entriesOfMember('@customerUid')})
       AND (note <> '' OR COALESCE(reason, '') <> '')`,
  );
  return {
    beside: (entryId) => beside.all({ entryId }) as BesideEntry[],
    phoneShown: (customerUid) => phoneShown.all(customerUid) as PhoneShown[],
    withWords: (customerUid) => (withWords.get({ customerUid }) as { entries: number }).entries,
  };
}
