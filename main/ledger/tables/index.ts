export { readEvent, type StoredEvent } from './entry-events.ts';
export {
  entriesOfDay,
  entriesOfMember,
  entryOfSecond,
  hasIdOfItsOwn,
  isOpen,
  isOpenState,
} from './entry-lookups.ts';
export { entrySource } from './entry-tables.ts';
export { exportedFacts, noTerms, readMessages } from './fact-columns.ts';
export { isByManager } from './rows.ts';
export { createWithNames, namesInRows, type StoredRow } from './stored-rows.ts';
