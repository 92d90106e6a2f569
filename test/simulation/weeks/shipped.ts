import { mayCall } from '../../../main/link/call-budget.ts';
import { createCounting, KEPT_FOR_INCREMENTS } from './counting-alone.ts';
import type { CallPolicy } from './policy.ts';

/** What ships. */
export const shipped: CallPolicy = {
  name: 'what ships',
  takesFile: false,
  create: (seen) =>
    createCounting(seen, (use, used, quota) => {
      const budget = { limit: quota, keptForIncrements: Math.round(quota * KEPT_FOR_INCREMENTS) };
      const isProbe = use === 'evidence' || use === 'look';
      const purpose = use === 'increment' || use === 'directory' ? use : isProbe ? 'probe' : 'look-up';
      return mayCall(purpose, used, budget);
    }),
};
