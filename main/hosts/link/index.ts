export {
  afterBegun,
  afterForced,
  hasUnanswered,
  heldBackForMs,
  withFailureBackoff,
} from './failure-backoff.ts';
export type { Link } from './link.ts';
export {
  ALL_MEMBERS,
  afterAnsweredRead,
  afterCommit,
  afterDataCheck,
  afterFailedRead,
  afterFault,
  afterLargerLimit,
  afterManager,
  afterOutcome,
  afterTestedKey,
  CLOCK_SKEW_LIMIT_MS,
  type EndedAttempt,
  type LinkState,
  withoutOldKeyPause,
  withoutWait,
  withPause,
} from './link-state.ts';
export { afterNewDay, anAnswerHelps, isQuotaSpent } from './pauses.ts';
export { isCallRefused, isRefusedInWords } from './read-failure.ts';
