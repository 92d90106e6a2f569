// Without schemas, for the page.

import { isTender } from './tenders.ts';

/** What a drawer has beside entries: each with an account, and a kind of line, of its own. */
export const besideEntries = ['paidIn', 'paidOut', 'short', 'over'] as const;

/** The books' accounts beside those of the payment methods. */
export const bookAccounts = [
  /** What members have at KYBIO: paid and bonus. */
  'members',
  'promotion',
  /** Received for entries whose outcome is not known yet. */
  'unsettled',
  /** What imported receipts say was paid, where no report here has it in a drawer. */
  'papers',
  /** Received before a till's first shift. */
  'before',
  ...besideEntries,
] as const;
export type BookAccount = (typeof bookAccounts)[number];

/** A payment method is `way:` and its name; `way:` alone where it was not asked for. */
export type AccountKey = BookAccount | `way:${string}`;

/** Names or codes of the shop's own accounts, by key; a default name for what is absent. */
export type Accounts = Readonly<Partial<Record<AccountKey, string>>>;

const WAY = 'way:';

export const accountOfWay = (tender: string | null): AccountKey => `${WAY}${tender ?? ''}`;

/** The payment method, empty where it was not asked for; null for another account. */
export const wayOfAccount = (key: string): string | null =>
  key.startsWith(WAY) ? key.slice(WAY.length) : null;

export function isAccountKey(key: string): key is AccountKey {
  const way = wayOfAccount(key);
  return way === null ? bookAccounts.some((known) => known === key) : way === '' || isTender(way);
}

/** All there can be, with the payment methods of some years. */
export const MOST_ACCOUNTS = 40;
export const LONGEST_ACCOUNT_NAME = 60;

/** Nothing unseen, and nothing that only looks like another name. */
export const isAccountName = (name: string): boolean =>
  name !== '' &&
  name.length <= LONGEST_ACCOUNT_NAME &&
  name === name.trim() &&
  !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name);
