import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Changed } from '../kernel/room.ts';
import type { PeopleRepository } from './people-repository.ts';
import { personOf } from './people-rules.ts';
import type { PersonRecord } from './person.ts';
import type { PersonPins } from './person-pins.ts';

/** Who is there: in this process alone, and the page is only told of it. */
export interface SignedIn {
  /** People are set up, so that somebody has to be there. */
  isUsed(): boolean;
  /** As the person is now; null where nobody is there. */
  person(): PersonRecord | null;
  /** Who was there before the till was locked. */
  lastId(): string | null;
  /** Errors of `PersonPins.verify`; whoever was there stays where it fails. */
  signIn(personId: string, pin: string): Promise<Result<Record<string, never>>>;
  /** For who has proven it otherwise. */
  begin(personId: string): void;
  lock(): void;
  /** Told whenever somebody who was there is there no longer. What is returned ends it. */
  onLocked(listener: () => void): () => void;
  /** Somebody touches the till. */
  inUse(): void;
}

export interface SignedInParts {
  readonly people: Pick<PeopleRepository, 'load'>;
  readonly pins: Pick<PersonPins, 'verify'>;
  readonly clock: Pick<Clock, 'schedule'>;
  /** A till that nobody touches for so long is locked; 0: it is not. */
  readonly lockAfterMs: () => number;
  /** The stretch of work of a manager who is signed in. */
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
    // What one manager has unlocked the next person has not.
    unlocking.lock();
    signedInId = personId;
    const there = person();
    if (there?.role === 'manager') unlocking.begin(actorOf(there));
    inUse();
    changed('people', 'till');
  };

  return {
    isUsed: () => people.load() !== null,
    person,
    lastId: () => lastId,
    signIn: async (personId, pin) => {
      const verified = await pins.verify(personId, pin);
      if (!verified.ok) return verified;
      const record = people.load();
      // Taken out while the PIN was checked.
      if (record === null || personOf(record, personId) === null) return err(appError('person-not-found'));
      begin(personId);
      return ok({});
    },
    begin,
    lock,
    onLocked: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    inUse,
  };
}
