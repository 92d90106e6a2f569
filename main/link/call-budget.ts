/** What a call is for; increments go first, the directory last. */
export type CallPurpose = 'increment' | 'probe' | 'count' | 'look-up' | 'directory' | 'matching' | 'test';

export interface Budget {
  /** Calls that the account has a store day. */
  readonly limit: number;
  /** Of these, kept back for increments and for asking after a lost reply. */
  readonly keptForIncrements: number;
}

/** Pospal's free tier, as two of its users report it. */
export const defaultBudget: Budget = { limit: 300, keptForIncrements: 120 };

/** The account's calls as the manager has set them, now and after every change. */
export const budgetUnder = (
  policy: () => { readonly callsPerDay: number; readonly callsKeptForIncrements: number },
): Budget => ({
  get limit() {
    return policy().callsPerDay;
  },
  get keptForIncrements() {
    return policy().callsKeptForIncrements;
  },
});

/** Look-ups that the directory leaves to the counter. */
const LEFT_FOR_LOOK_UPS = 60;

/**
 * Whether a call may be made. An increment always may: KYBIO's own answer about its quota pauses
 * the queue, a meter of ours that is wrong must not.
 */
export function mayCall(purpose: CallPurpose, used: number, budget: Budget): boolean {
  switch (purpose) {
    case 'increment':
    case 'test':
      return true;
    case 'probe':
    case 'count':
      return used < budget.limit;
    case 'look-up':
    case 'matching':
      return used + budget.keptForIncrements < budget.limit;
    case 'directory':
      return used + budget.keptForIncrements + LEFT_FOR_LOOK_UPS < budget.limit;
  }
}
