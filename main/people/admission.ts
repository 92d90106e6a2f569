import {
  type Approval,
  appError,
  type ChannelName,
  channels,
  err,
  type GuardedAct,
  guardedActs,
  isAskedAgain,
  isManagers,
  type May,
  managersAct,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import { type Actor, actorText, theManager } from '../kernel/actor.ts';
import type { PeopleRepository } from './people-repository.ts';
import { personOf } from './people-rules.ts';
import type { PermissionsPort } from './permissions.ts';
import type { PersonRecord } from './person.ts';
import { actorOf, type SignedIn } from './signed-in.ts';

/** A request's proof of a manager: the till's PIN, a manager's own, or nothing. */
export type Proof = string | Approval | undefined;

/** What a request brings along to be admitted by, beside what says which act it is. */
interface Request {
  readonly pin?: Proof;
  /** A manager's PIN, where a cashier may need one. */
  readonly approval?: Approval | undefined;
}

/** Authenticates and authorises each request by its channel: main decides, whatever the page says. */
export interface Admission {
  /** Errors: till-locked, manager-locked, act-denied, approval-needed, approver-not-manager, and those of a wrong PIN. */
  admit(channel: ChannelName, request: Request): Promise<Result<Actor>>;
}

export interface AdmissionParts {
  readonly people: Pick<PeopleRepository, 'load'>;
  readonly signedIn: Pick<SignedIn, 'isUsed' | 'person'>;
  readonly permissions: Pick<PermissionsPort, 'approver' | 'decide'>;
  /** The till's own PIN, for a till without people and for recovery. */
  readonly managerPin: { verify(pin: string): Promise<Result<Record<string, never>>> };
  readonly unlocking: {
    prove(pin: string | undefined): Promise<Result<Actor>>;
    begin(who: Actor): void;
    lock(): void;
  };
  readonly tillName: string;
}

const isAct = (may: May): may is GuardedAct => guardedActs.some((act) => act === may);

/** The guarded act of a channel; undefined where it is for managers only. */
const actOf = (channel: ChannelName): GuardedAct | undefined => {
  const { may } = channels[channel];
  return isAct(may) ? may : undefined;
};

/** The time of a manager who is there does not serve for this act. */
const askedEachTime = appError('manager-locked', { reason: 'each-time' });

/** Acts journaled under the cashier who asked, with the approver. */
const ofBoth: ReadonlySet<GuardedAct | undefined> = new Set<GuardedAct>(['reversal', 'export', 'unmask']);

/** The till's own PIN only restores access for people. */
const isRecovery = (channel: ChannelName): boolean => channel.startsWith('people:');

export function createAdmission(parts: AdmissionParts): Admission {
  const { people, signedIn, permissions, managerPin, unlocking, tillName } = parts;
  const atTheTill: Actor = { role: 'till', person: tillName };

  const unproven = async (channel: ChannelName, person: PersonRecord | null): Promise<Result<Actor>> => {
    if (person === null) return err(appError('till-locked'));
    if (person.role === 'manager') {
      const unlocked = await unlocking.prove(undefined);
      return unlocked.ok ? ok(actorOf(person)) : unlocked;
    }
    const act = actOf(channel);
    if (act === undefined) return err(appError('manager-locked'));
    const decided = permissions.decide(act, actorOf(person), null);
    return decided.ok ? ok(actorOf(person)) : decided;
  };

  const proven = async (
    channel: ChannelName,
    person: PersonRecord | null,
    proof: Approval,
  ): Promise<Result<Actor>> => {
    const isOwn = person?.id === proof.person;
    const asking = person === null ? atTheTill : actorOf(person);
    const act = actOf(channel);
    // Denied acts are refused before any PIN is checked.
    const before = act === undefined || person === null ? null : permissions.decide(act, asking, null);
    if (before !== null && !before.ok && before.error.code === 'act-denied') return before;
    const approver = await permissions.approver(proof, channel, asking);
    if (!approver.ok) {
      // Another person may be at the till now.
      if (isOwn) unlocking.lock();
      return approver;
    }
    const record = people.load();
    const manager = record === null ? null : personOf(record, proof.person);
    if (manager?.role !== 'manager') return err(appError('approver-not-manager'));
    if (isOwn) {
      unlocking.begin(actorOf(manager));
      return ok(actorOf(manager));
    }
    if (act === undefined || !ofBoth.has(act) || person === null) return ok(actorOf(manager));
    const decided = permissions.decide(act, asking, approver.value);
    // Stored even if the shop requires no approval: somebody did approve it.
    return decided.ok ? ok({ ...asking, approvedBy: actorText(actorOf(manager)) }) : decided;
  };

  return {
    admit: async (channel, request) => {
      const { pin: proof } = request;
      const isPersons = typeof proof === 'object';
      const isUnproven = (proof ?? request.approval) === undefined;
      const isAskedNow = isUnproven && isAskedAgain(managersAct(channel, request));
      if (!signedIn.isUsed()) {
        if (!isManagers(channel)) return ok(atTheTill);
        if (isAskedNow) return err(askedEachTime);
        return isPersons ? err(appError('person-not-found')) : unlocking.prove(proof);
      }
      const person = signedIn.person();
      if (isAskedNow && person?.role === 'manager') return err(askedEachTime);
      if (!isManagers(channel)) {
        if (person !== null) return ok(actorOf(person));
        return channels[channel].may === 'anyone' ? ok(atTheTill) : err(appError('till-locked'));
      }
      if (proof === undefined) return unproven(channel, person);
      if (isPersons) return proven(channel, person, proof);
      if (!isRecovery(channel)) return err(appError('approver-not-manager'));
      const verified = await managerPin.verify(proof);
      return verified.ok ? ok(theManager) : verified;
    },
  };
}
