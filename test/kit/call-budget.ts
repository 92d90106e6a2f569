import { type CallFacts, callsFor, DEFAULT_CALLS_A_DAY } from '../../main/hosts/calls/call-budget.ts';
import type { CallBudget } from '../../main/hosts/calls/call-budget-service.ts';

/** The calls of a till that is alone with its account. */
export const factsOf = (change: Partial<CallFacts> = {}): CallFacts => ({
  limit: DEFAULT_CALLS_A_DAY,
  tillCount: 1,
  used: 0,
  increments: 0,
  pages: 0,
  waiting: 0,
  isSpent: false,
  ...change,
});

/** The budget of such a till, by its own meter alone. */
export function budgetOf(
  meter: { readonly usedToday: (purpose?: 'directory' | 'increment') => number } = { usedToday: () => 0 },
): Pick<CallBudget, 'left' | 'may'> {
  const left: CallBudget['left'] = (purpose) =>
    callsFor(
      purpose,
      factsOf({
        used: meter.usedToday(),
        increments: meter.usedToday('increment'),
        pages: meter.usedToday('directory'),
      }),
    );
  return { left, may: (purpose) => left(purpose) > 0 };
}
