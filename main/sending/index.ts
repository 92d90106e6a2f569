export {
  CHECK_UP_KEY,
  type CheckUpRepository,
  isTestCreditOpen,
  testMemberOf,
} from './check-up/check-up-repository.ts';
export { provingNothing } from './check-up/state.ts';
export type { ConfirmedOutcome, ConfirmedPapers } from './confirmed-paper.ts';
export { onlySumThatFits } from './decide.ts';
export type { Detective } from './detective-service.ts';
export { sumsSeenIn } from './doubt-content.ts';
export type { DoubtRepository, OpenDoubt, PapersBeside } from './doubts.ts';
export type { AttemptRecord, EvidenceRepository } from './evidence-repository.ts';
export { mostTelling } from './known-before.ts';
export type { Besides, KnownBeside } from './known-beside.ts';
export { learntWordsOf } from './learnt-refusals.ts';
export type { LooksBefore } from './looks-before.ts';
export type { SyncLoop } from './loop-parts.ts';
export { mayHaveCome } from './may-have-come.ts';
export { fits, type SumsInReply, standingOf, sumsOf } from './next-reply.ts';
export type { NotedSums, OddSumsRepository } from './odd-sums.ts';
export { noPapers, type Papers, paperOfDoubt } from './papers-beside.ts';
export { mayChangePlan } from './plan.ts';
export { createSending, type Sending, type SendingNeeds } from './slice.ts';
export { addSums, type Sums, sumsOfEntry } from './undecided.ts';
export { whyNothingWasSent } from './why-nothing-was-sent.ts';
