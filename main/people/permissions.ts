import {
  type Amount,
  type AppError,
  type Approval,
  appError,
  err,
  type GuardedAct,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import { isOverLimit, refusal } from './decide.ts';
import type { PeopleRepository } from './people-repository.ts';
import { personOf } from './people-rules.ts';
import type { PersonPins } from './person-pins.ts';
import { actorOf } from './signed-in.ts';

/** The approver whose PIN came with a request; their permission is checked when the act is committed. */
export interface Approver {
  readonly id: string;
}

/** What other rooms call before an act that needs permission. */
export interface PermissionsPort {
  /**
   * Checks the PIN that came with a request; null without one. Errors of `PersonPins.verify`, and
   * `approver-not-manager`. Journals who approved what, and for whom.
   */
  approver(approval: Approval | undefined, act: string, who: Actor): Promise<Result<Approver | null>>;
  /**
   * Whether the act may be done now. Called where it is committed: a demotion since the PIN was given counts.
   * `approvedBy` is the required approver, as `actorText` writes them. Errors: act-denied, approval-needed,
   * approver-not-manager, till-locked.
   */
  decide(
    act: GuardedAct,
    who: Actor,
    approver: Approver | null,
  ): Result<{ readonly approvedBy: string | null }>;
  /** Whether it exceeds what a cashier may enter alone. */
  isOverLimit(sums: { readonly balance: Amount; readonly point: Amount }): boolean;
}

export interface PermissionsParts {
  readonly people: Pick<PeopleRepository, 'load'>;
  readonly pins: Pick<PersonPins, 'verify'>;
  readonly journal: Pick<JournalRepository, 'append'> | null;
}

export function createPermissions({ people, pins, journal }: PermissionsParts): PermissionsPort {
  const approver: PermissionsPort['approver'] = async (approval, act, who) => {
    if (approval === undefined) return ok(null);
    const verified = await pins.verify(approval.person, approval.pin);
    if (!verified.ok) return verified;
    const record = people.load();
    const person = record === null ? null : personOf(record, approval.person);
    if (person?.role !== 'manager') return err(appError('approver-not-manager'));
    journal?.append({
      event: 'noted',
      actor: actorText(actorOf(person)),
      reason: 'approved',
      content: { act, asked: actorText(who) },
    });
    return ok({ id: person.id });
  };

  const decide: PermissionsPort['decide'] = (act, who, given) => {
    const record = people.load();
    if (record === null) return ok({ approvedBy: null });
    // Removed, or requested before anyone was set up: somebody must sign in now.
    const person = who.id === undefined ? null : personOf(record, who.id);
    if (person === null) return err(appError('till-locked'));
    const standsFor = given === null ? null : personOf(record, given.id);
    const refused: AppError | null = refusal({
      act,
      person,
      permissions: record.permissions,
      approver: standsFor,
    });
    if (refused !== null) return err(refused);
    const isNeeded = person.role !== 'manager' && record.permissions.acts[act] === 'approve';
    return ok({ approvedBy: isNeeded && standsFor !== null ? actorText(actorOf(standsFor)) : null });
  };

  return {
    approver,
    decide,
    isOverLimit: (sums) => {
      const record = people.load();
      return record !== null && isOverLimit(record.permissions, sums);
    },
  };
}
