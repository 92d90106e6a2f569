import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { createMutex } from '../kernel/mutex.ts';
import type { Clock, Logger, Random } from '../kernel/ports.ts';
import { afterFailure, afterSuccess, afterTime, unlocked } from './credentials/lockout.ts';
import {
  hashSecret,
  isSecretOf,
  pepperIdOf,
  pepperPin,
  SALT_BYTES,
  SCRYPT_COST,
} from './credentials/pin-record.ts';
import { checkNewPin, normalisePin } from './credentials/pin-rules.ts';
import type { PeopleRepository } from './people-repository.ts';
import { personOf } from './people-rules.ts';
import { neverHadPin, type PersonRecord } from './person.ts';

export interface PersonPinsParts {
  readonly people: Pick<PeopleRepository, 'load' | 'lockout' | 'saveLockout'>;
  /** The vault's pepper, or null while the keyring does not give it. */
  readonly pepper: () => Buffer | null;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly random: Pick<Random, 'bytes'>;
  readonly logger: Pick<Logger, 'warn'>;
  /** scrypt's N, lower only in tests. */
  readonly cost?: number;
}

export interface PersonPins {
  /** The record of a new PIN. `manager-pin-weak`, `key-lost`. */
  make(pin: string): Promise<Result<Pick<PersonRecord, 'pin' | 'pepperId'>>>;
  /** `person-not-found`, `person-pin-wrong`, `person-pin-lost`, `person-locked-out` with `details.seconds`. */
  verify(personId: string, pin: string): Promise<Result<Record<string, never>>>;
  /** Whether the PIN was hashed with a lost pepper. */
  isLost(person: PersonRecord): boolean;
  /** Resets the wrong tries, for a new PIN. */
  forgive(personId: string): void;
}

/** The PINs of the people at the till, each with wrong tries and a lock of its own (security checks 31 and 32). */
export function createPersonPins(parts: PersonPinsParts): PersonPins {
  const { people, clock, random, logger, cost = SCRYPT_COST } = parts;
  // Serialises guesses: two at once would both pass the lock.
  const runExclusive = createMutex();
  /** Start of each person's running lock: time while the till is off does not count. */
  const since = new Map<string, number>();
  const beganMs = clock.monotonicMs();

  const isLost = ({ pepperId }: PersonRecord): boolean => {
    const pepper = parts.pepper();
    return pepper === null || pepperIdOf(pepper) !== pepperId;
  };
  const current = (id: string) =>
    afterTime(people.lockout(id), clock.monotonicMs() - (since.get(id) ?? beganMs));
  const keep = (id: string, lockout: ReturnType<typeof current>) => {
    people.saveLockout(id, lockout);
    since.set(id, clock.monotonicMs());
  };

  async function verify(id: string, typed: string): Promise<Result<Record<string, never>>> {
    const record = people.load();
    const person = record === null ? null : personOf(record, id);
    const pepper = parts.pepper();
    if (person === null) return err(appError('person-not-found'));
    if (neverHadPin(person)) return err(appError('person-pin-lost', { reason: 'none' }));
    if (pepper === null || isLost(person)) return err(appError('person-pin-lost'));
    const now = current(id);
    if (now.remainingMs > 0) {
      keep(id, now);
      return err(appError('person-locked-out', { seconds: String(Math.ceil(now.remainingMs / 1_000)) }));
    }
    // The failure is stored before the guess is checked: killing the program gives no free try.
    const failed = afterFailure(now);
    keep(id, failed);
    if (!(await isSecretOf(person.pin, pepperPin(normalisePin(typed), pepper)))) {
      logger.warn('person.pin-wrong', { failures: failed.failures, lately: Math.ceil(failed.lately) });
      return err(appError('person-pin-wrong'));
    }
    keep(id, afterSuccess(now));
    return ok({});
  }

  return {
    make: async (typed) => {
      const checked = checkNewPin(typed);
      if (!checked.ok) return checked;
      const pepper = parts.pepper();
      if (pepper === null) return err(appError('key-lost'));
      const pin = await hashSecret(pepperPin(checked.value, pepper), random.bytes(SALT_BYTES), cost);
      return ok({ pin, pepperId: pepperIdOf(pepper) });
    },
    verify: (id, pin) => runExclusive(() => verify(id, pin)),
    isLost,
    forgive: (id) => keep(id, unlocked),
  };
}
