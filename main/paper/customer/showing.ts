import { type Amount, isZeroAmount, subtractAmounts } from '../../../preload/contract/index.ts';

/** What is shown of one top-up, before or after it is saved. */
export interface ShownTopUp {
  readonly customerUid: string;
  readonly firstName: string | null;
  /** The sum without its bonus. */
  readonly amount: Amount;
  readonly bonus: Amount | null;
  readonly points: Amount;
}

export type Showing =
  | { readonly kind: 'idle' }
  | { readonly kind: 'draft'; readonly told: ShownTopUp }
  | { readonly kind: 'thanks'; readonly told: ShownTopUp };

export const idle: Showing = { kind: 'idle' };

/** The form is cleared on saving: the thank-you stays until its time is over or the next member is there. */
export function afterDraft(showing: Showing, told: ShownTopUp | null): Showing {
  if (told !== null) return { kind: 'draft', told };
  return showing.kind === 'thanks' ? showing : idle;
}

/**
 * After an entry was saved. Reversals get no thank-you, and only the member just shown gets one: resends
 * and test credits concern other members.
 */
export function afterSaved(
  showing: Showing,
  saved: {
    readonly kind: string;
    readonly customerUid: string;
    readonly firstName: string | null;
    readonly balance: Amount;
    readonly points: Amount;
    readonly bonus: Amount | null;
  },
): Showing {
  const isTheirs = showing.kind === 'draft' && showing.told.customerUid === saved.customerUid;
  if (saved.kind === 'reversal' || !isTheirs) return showing;
  const { customerUid, firstName, points, bonus, balance } = saved;
  const amount = bonus === null ? balance : subtractAmounts(balance, bonus);
  return { kind: 'thanks', told: { customerUid, firstName, amount, bonus, points } };
}

/** Zero sums are not shown. */
export const shownSum = (value: Amount | null, write: (value: Amount) => string): string | null =>
  value === null || isZeroAmount(value) ? null : write(value);
