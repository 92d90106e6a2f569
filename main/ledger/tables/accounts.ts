import { hash } from 'node:crypto';
import type { Db } from '../../kernel/database/open.ts';

/** The till that made an entry, and the account that it is for. */
export interface EntryAccount {
  readonly till: string;
  readonly host: string;
  readonly appId: string;
}

/** The journal event of an account, written once; its reason is the account's code. */
export const ACCOUNT = 'account' as const;

/** A digest of the account, so that an account found under it is proven. */
export const accountCode = ({ till, host, appId }: EntryAccount): string =>
  hash('sha256', JSON.stringify([till, host, appId]), 'base64url').slice(0, 16);

export const accountContent = ({ till, host, appId }: EntryAccount): string =>
  JSON.stringify([till, host, appId]);

export function readAccount(content: string): EntryAccount | null {
  try {
    const [till, host, appId] = JSON.parse(content) as unknown[];
    const isText = typeof till === 'string' && typeof host === 'string' && typeof appId === 'string';
    return isText ? { till, host, appId } : null;
  } catch {
    return null;
  }
}

/** Finds an account by its code in the rows of all chains; null if no row has it. */
export function createAccounts(db: Db): (code: string) => EntryAccount | null {
  const rows = db.prepare(
    `SELECT content FROM journal WHERE entry IS NULL AND reason = ? AND event = '${ACCOUNT}' ORDER BY number`,
  );
  const known = new Map<string, EntryAccount>();
  return (code) => {
    const kept = known.get(code);
    if (kept !== undefined) return kept;
    const recorded = (rows.all(code) as { content: string }[]).map(({ content }) => readAccount(content));
    const found = recorded.find((account) => account !== null && accountCode(account) === code) ?? null;
    // A transaction's own rows may be rolled back; a reader has none.
    if (found !== null && (db.readonly || !db.inTransaction)) known.set(code, found);
    return found;
  };
}
