export { type CallPurpose, defaultBudget } from './call-budget.ts';
export { type CallBudget, mayClearUp, QUOTA_SPENT_KEY } from './call-budget-service.ts';
export { askCallCount, CALL_COUNT_KEY, COUNT_QUERIED_KEY } from './call-count.ts';
export type { CallMeter } from './call-meter-repository.ts';
export { type CallRate, RATE_WINDOW_MS } from './call-rate.ts';
export type { CountedDay, OtherTill, SoldDay } from './other-tills.ts';
