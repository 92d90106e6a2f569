// Without schemas, for the page: main writes these into files that people read, and the page has their words.

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
export const foundLines = ['taken', 'reversed', 'cancelled', 'unsettled', 'corrections', 'takenUp'] as const;

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
