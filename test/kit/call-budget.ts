import { type CallFacts, callsFor, defaultBudget, pagesToday } from '../../main/hosts/calls/call-budget.ts';
import type { CallBudget } from '../../main/hosts/calls/call-budget-service.ts';

/** What is known of the calls of a till that is alone with its account, on a day that is like no other yet. */
export const factsOf = ({
  tillCount = 1,
  ...change
}: Partial<CallFacts> & { readonly tillCount?: number } = {}): CallFacts => ({
  ...{ limit: defaultBudget.limit, keptForIncrements: defaultBudget.keptForIncrements },
  ...{
    others: { tillCount, used: 0, before: new Map(), heard: null },
    mine: 0,
    reported: { kind: 'nothing' },
    taught: null,
    waiting: 0,
    needed: null,
    spare: 200,
    forEach: 1,
  },
  ...change,
});

/** The purse of such a till, by its own meter alone. */
export function purseOf(
  meter: { readonly usedToday: (purpose?: 'directory') => number } = { usedToday: () => 0 },
  change: Partial<CallFacts> = {},
): Pick<CallBudget, 'left' | 'may'> {
  const left: CallBudget['left'] = (purpose) => {
    const now = factsOf({ mine: meter.usedToday(), ...change });
    if (purpose !== 'directory') return callsFor(purpose, now);
    return Math.min(pagesToday(now) - meter.usedToday('directory'), callsFor('refresh', now));
  };
  return { left, may: (purpose) => left(purpose) > 0 };
}
