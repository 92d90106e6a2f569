export { type CallPurpose, DEFAULT_CALLS_A_DAY } from './call-budget.ts';
export { CALLS_FREED_KEY, type CallBudget } from './call-budget-service.ts';
export type { CallMeter } from './call-meter-repository.ts';
