export { afterBegun, afterInsistence, heldBackForMs, isDoubted, isOneAtATime, withBrake } from './brake.ts';
export { isEased } from './easing.ts';
export type { Link } from './link.ts';
export {
  afterAnsweredRead,
  afterCommit,
  afterDataCheck,
  afterFailedRead,
  afterFault,
  afterLargerLimit,
  afterManager,
  afterOutcome,
  afterTestedKey,
  type EndedAttempt,
  type LinkState,
  saidOfKeyBefore,
  withoutWait,
  withPause,
} from './link-state.ts';
export { type Pace, paceOf, roundMs, toldPaceSchema, wholePace } from './pace.ts';
export { afterNewDay, anAnswerHelps, noCallsTaken } from './pauses.ts';
export type { ReachWatch } from './reach-watch.ts';
export { isCallRefused, isRefusedInWords } from './read-failure.ts';
export { ALL_MEMBERS, type Suspicion } from './refused-to-all.ts';
