export { ACCOUNT, readAccount } from './accounts.ts';
export { isOpenState } from './active-entries.ts';
export { readEvent, type StoredEvent } from './entry-events.ts';
export { entriesOfMember, entrySource, hasIdOfItsOwn, isOpen } from './entry-tables.ts';
export { exportedFacts, noTerms, readMessages } from './fact-columns.ts';
export { createWithNames, type KeptRow, namesBeside } from './kept-rows.ts';
