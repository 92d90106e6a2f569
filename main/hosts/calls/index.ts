export { askCallCount, CALL_COUNT_KEY, COUNT_ASKED_KEY } from './call-count.ts';
export type { CallMeter } from './call-meter-repository.ts';
export { type CallPace, PACE_MS } from './call-pace.ts';
export { mayClearUp, PURSE_SAID_KEY, type Purse } from './kept-purse.ts';
export { type CallPurpose, defaultBudget } from './purse.ts';
