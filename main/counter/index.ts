export { type ItPolicy, noItPolicy, policyFile, readItPolicy } from './it-policy.ts';
export type { Limits } from './limits.ts';
export { type PolicyRepository, policyOf } from './policy-repository.ts';
export type { RuleRepository } from './rules/rule-repository.ts';
export { type Counter, type CounterNeeds, createCounter } from './slice.ts';
export type { TopUpService } from './top-up-service.ts';
