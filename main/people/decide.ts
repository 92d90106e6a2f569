import {
  type Amount,
  type AppError,
  appError,
  compareAmounts,
  type GuardedAct,
  type Permissions,
} from '../../preload/contract/index.ts';
import type { PersonRecord } from './person.ts';

type Known = Pick<PersonRecord, 'id' | 'role'>;

export interface ActRequest {
  readonly act: GuardedAct;
  readonly permissions: Permissions;
  /** The person signed in. */
  readonly person: Known;
  /** The approver whose PIN came with the request, as they are now; null without one. */
  readonly approver: Known | null;
}

/** Why this person may not do this now; null where they may. Pure. */
export function refusal({ act, permissions, person, approver }: ActRequest): AppError | null {
  if (person.role === 'manager') return null;
  switch (permissions.acts[act]) {
    case 'allow':
      return null;
    case 'deny':
      return appError('act-denied', { reason: act });
    case 'approve':
      if (approver === null) return appError('approval-needed', { reason: act });
      // The requester is a cashier, so this also excludes approving one's own request.
      return approver.role === 'manager' && approver.id !== person.id
        ? null
        : appError('approver-not-manager');
  }
}

/** Whether this exceeds what a cashier may enter alone. */
export const isOverLimit = (
  { balanceLimit, pointLimit }: Permissions,
  { balance, point }: { readonly balance: Amount; readonly point: Amount },
): boolean =>
  (balanceLimit !== null && compareAmounts(balance, balanceLimit) > 0) ||
  (pointLimit !== null && compareAmounts(point, pointLimit) > 0);
