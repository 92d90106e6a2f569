export type { Acknowledge } from './acknowledge.ts';
export type { RecordedEntry } from './entry-types.ts';
export { isErasedDigest, MEMBER_ERASED } from './erased-members.ts';
export { foldEntry, incrementsOf } from './fold.ts';
export type { ImportEntry } from './import-repository.ts';
export { auditJournal } from './journal-audit.ts';
export { createJournalAuditor } from './journal-auditor.ts';
export type { JournalKeeper, JournalState } from './journal-keeper.ts';
export { createLostPeriods } from './lost-periods.ts';
export { createNextSequence } from './next-sequence.ts';
export type { NumbersSeen } from './number-twice-repository.ts';
export { createOutboxRepository, type OutboxRepository } from './outbox-repository.ts';
export { noRecorder } from './recorder.ts';
export type { Replace } from './replace.ts';
export { requestAgain } from './short-id.ts';
export { createLedger, type Ledger, type LedgerNeeds } from './slice.ts';
export type { Decision, SendsBegun, TransitionsRepository } from './transitions.ts';
export type {
  AttemptEnd,
  Baseline,
  BegunAttempt,
  EntryAhead,
  Increment,
  IncrementDraft,
  OutboxIdentity,
  SendCandidate,
} from './types.ts';
