import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Changed } from '../kernel/room.ts';
import type { PeopleRepository } from './people-repository.ts';
import { personOf } from './people-rules.ts';
import type { PersonRecord } from './person.ts';
import type { PersonPins } from './person-pins.ts';

/** Who is signed in. Held in this process only; the page is informed. */
export interface SignedIn {
  /** Whether people are set up, so that someone must sign in. */
  isUsed(): boolean;
  /** The person signed in, as they are now; null without one. */
  person(): PersonRecord | null;
  /** Who was signed in before the till was locked. */
  lastId(): string | null;
  /**
   * A cashier gives way to a manager at the desk only until the manager leaves it. Errors of `PersonPins.verify`; on
   * failure the previous person stays signed in.
   */
  signIn(personId: string, pin: string, atDesk?: boolean): Promise<Result<Record<string, never>>>;
  /** Signs in a person proven otherwise. */
  begin(personId: string): void;
  lock(): void;
  /** A manager's time ends, and the cashier who gave way at the desk is back, as a cashier. */
  leaveDesk(): void;
  /** Called whenever a signed-in person is signed out. The returned function unsubscribes. */
  onLocked(listener: () => void): () => void;
  /** The till was touched. */
  inUse(): void;
}

export interface SignedInParts {
  readonly people: Pick<PeopleRepository, 'load'>;
  readonly pins: Pick<PersonPins, 'verify'>;
  readonly clock: Pick<Clock, 'schedule'>;
  /** Idle time after which the till locks; 0: never. */
  readonly lockAfterMs: () => number;
  /** The unlock period of a signed-in manager. */
  readonly unlocking: { begin(who: Actor): void; lock(): void };
  readonly changed: Changed<'people' | 'till'>;
}

export const actorOf = ({ id, role, name }: Pick<PersonRecord, 'id' | 'role' | 'name'>): Actor => ({
  role,
  id,
  person: name,
});

export function createSignedIn({
  people,
  pins,
  clock,
  lockAfterMs,
  unlocking,
  changed,
}: SignedInParts): SignedIn {
  let signedInId: string | null = null;
  let lastId: string | null = null;
  let gaveWayId: string | null = null;
  let forget = (): void => undefined;
  const listeners = new Set<() => void>();

  const person = (): PersonRecord | null => {
    const record = people.load();
    return record === null || signedInId === null ? null : personOf(record, signedInId);
  };

  function lock(): void {
    forget();
    if (signedInId === null) return;
    lastId = signedInId;
    signedInId = null;
    gaveWayId = null;
    unlocking.lock();
    changed('people', 'till');
    for (const listener of listeners) listener();
  }

  const inUse = (): void => {
    forget();
    const afterMs = lockAfterMs();
    if (signedInId !== null && afterMs > 0) forget = clock.schedule(afterMs, lock);
  };

  const begin = (personId: string): void => {
    // The next person does not inherit a manager's unlock period.
    unlocking.lock();
    signedInId = personId;
    gaveWayId = null;
    const there = person();
    if (there?.role === 'manager') unlocking.begin(actorOf(there));
    inUse();
    changed('people', 'till');
  };

  return {
    isUsed: () => people.load() !== null,
    person,
    lastId: () => lastId,
    signIn: async (personId, pin, atDesk = false) => {
      const verified = await pins.verify(personId, pin);
      if (!verified.ok) return verified;
      const record = people.load();
      // Removed while the PIN was being checked.
      if (record === null || personOf(record, personId) === null) return err(appError('person-not-found'));
      const before = person();
      begin(personId);
      if (atDesk && before?.role === 'cashier') gaveWayId = before.id;
      return ok({});
    },
    begin,
    lock,
    leaveDesk: () => {
      unlocking.lock();
      if (gaveWayId === null) return;
      signedInId = gaveWayId;
      gaveWayId = null;
      if (person() === null) return lock();
      inUse();
      changed('people', 'till');
    },
    onLocked: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    inUse,
  };
}
