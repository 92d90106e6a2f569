export { isWaiting } from './backoff.ts';
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
  afterNetworkChange,
  afterOutcome,
  afterTestedKey,
  CLOCK_SKEW_LIMIT_MS,
  type EndedAttempt,
  type LinkState,
  withoutOldKeyPause,
  withoutWait,
  withPause,
} from './link-state.ts';
export { afterNewDay, anAnswerHelps, isQuotaSpent, stopsReads } from './pauses.ts';
export { isCallRefused, isRefusedInWords } from './read-failure.ts';
