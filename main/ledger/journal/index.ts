export { type ChainHead, emptyChain, followChain, type JournalEvent, type JournalRow } from './chain.ts';
export type { FeedRow, JournalFeed } from './feed.ts';
export { createHeadSlots, headFiles, isHeadStored, isNewer } from './head.ts';
export { createJournalRepository, type JournalRepository } from './journal-repository.ts';
export {
  DRAWER_OPENED,
  isGivenBackAfterPaper,
  notedEntry,
  noteOf,
  noteOpening,
  notePaper,
  type OpeningCause,
  PAPER_HANDED_OUT,
} from './quiet-notes.ts';
export { readTillLine, type TillIdentity } from './till-identity-repository.ts';
export {
  compareMet,
  type EpochReason,
  epochOf,
  firstEpoch,
  type Met,
  type MetTill,
  type TillLine,
} from './till-line.ts';
