import { hash } from 'node:crypto';
import type { Db } from '../../kernel/database/open.ts';

/** Whose increments these are: which till made them, for which account on which host. */
export interface EntryAccount {
  readonly till: string;
  readonly host: string;
  readonly appId: string;
}

/** The journal's event that tells an account, once: its reason is the account's code. */
export const ACCOUNT = 'account' as const;

/** Of this account, as SQL over `increment i`. Not `IN`: SQLite would make a list of accounts for each run of the statement. */
export const isOfAccount = `EXISTS (SELECT 1 FROM account o
  WHERE o.number = i.account AND o.host = @accountHost AND o.app_id = @accountAppId)`;

/** Made of the account itself, so that whoever finds one under its code has proven it. */
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

/** Finds what a code stands for in the journal's rows, of whatever chain; null where no row tells it. */
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
    // What a transaction has written it may take back; who only reads has written nothing.
    if (found !== null && (db.readonly || !db.inTransaction)) known.set(code, found);
    return found;
  };
}
