// Without schemas, for the page: main writes these into files that people read, and the page has their words.

import { besideEntries } from '../ledger/book-accounts.ts';

/** Columns of found entries, in the order in which a person reads them. */
export const foundHeads = [
  'number',
  'time',
  'state',
  'kind',
  'till',
  'cashier',
  'member',
  'card',
  'phone',
  'paid',
  'bonus',
  'points',
  'tender',
  'note',
  'reason',
  'approvedBy',
  'balanceBefore',
  'balanceAfter',
  'pointsAfter',
  'settled',
  'messages',
  'corrects',
  'reversedBy',
  'memberId',
] as const;
export type FoundHead = (typeof foundHeads)[number];

/** Lines of the sums below them. */
export const foundLines = ['taken', 'reversed', 'cancelled', 'unsettled', 'takenUp'] as const;

/** What a file says of one member beside their entries. */
export const heldHeads = [
  'title',
  'written',
  'account',
  'listed',
  'notListed',
  'category',
  'balance',
  'points',
  'state',
  'expiry',
  'readAt',
  'entries',
  'evidence',
  'kept',
  'content',
  'lost',
  'phoneShown',
  'copies',
] as const;
export type HeldHead = (typeof heldHeads)[number];

/** Columns of a match. */
export const matchHeads = [
  'item',
  'pile',
  'member',
  'maskedNumber',
  'maskedPhone',
  'customerUid',
  'tillReference',
  'tillTime',
  'tillSum',
  'tillState',
  'tillCashier',
  'kybioId',
  'kybioTime',
  'kybioSum',
  'kybioGift',
  'kybioPayMethod',
  'kybioAccount',
  'kybioRemark',
  'entries',
  'rows',
  'whatToDo',
] as const;
export type MatchHead = (typeof matchHeads)[number];

/** Columns of the owner's tills. */
export const tillHeads = [
  'till',
  'lastZ',
  'closed',
  'reports',
  'unsettledEntries',
  'unsettled',
  'bonus',
  'short',
  'over',
  'taken',
] as const;

/** Columns of the books. */
export const bookHeads = [
  'date',
  'account',
  'debit',
  'credit',
  'text',
  'reference',
  'paid',
  'bonus',
  'face',
] as const;

/** What a line of the books is of, in the order of a report's. */
export const bookKinds = [
  'topUps',
  'reversals',
  'unsettled',
  'late',
  'lateBack',
  'papers',
  'before',
  ...besideEntries,
] as const;
export type BookKind = (typeof bookKinds)[number];

/** What the books of a period say they lack. */
export const bookNotes = [
  'practice',
  'none',
  'running',
  'open',
  'awaited',
  'missing',
  'undecided',
  'doubles',
  'cut',
  'currency',
  'impossible',
  'unread',
] as const;
export type BookNote = (typeof bookNotes)[number];

/** How old a balance is that KYBIO told: within 24 hours, 7 days, 30 days, or more. */
export const owedAges = ['day', 'week', 'month', 'older'] as const;
export type OwedAge = (typeof owedAges)[number];
