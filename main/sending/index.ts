export {
  CHECK_UP_KEY,
  type CheckUpRepository,
  isTestCreditOpen,
} from './check-up/check-up-repository.ts';
export { provingNothing } from './check-up/state.ts';
export type { ConfirmedOutcome, ConfirmedPapers } from './confirmed-paper.ts';
export { onlySumThatFits } from './decide.ts';
export type { Detective } from './detective-service.ts';
export { mostInformative } from './earlier-baselines.ts';
export type { AttemptRecord, EvidenceRepository } from './evidence-repository.ts';
export type { SyncLoop } from './loop-parts.ts';
export { mayHaveArrived } from './may-have-arrived.ts';
export type { PreSendCheck } from './pre-send-check.ts';
export { createSending, type Sending, type SendingNeeds } from './slice.ts';
export { noPapers, type Papers } from './stored-papers.ts';
export { type Sums, sameSums, sumsOfEntry } from './undecided.ts';
export { whyNothingWasSent } from './why-nothing-was-sent.ts';
