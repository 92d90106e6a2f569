import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { type Actor, theManager, theProgram } from '../../kernel/actor.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import { afterFailure, afterSuccess, afterTime, type LockoutState, unlocked } from './lockout.ts';
import {
  hashSecret,
  isSecretOf,
  type PinRecord,
  type PinStore,
  pepperIdOf,
  pepperPin,
  SALT_BYTES,
  SCRYPT_COST,
} from './pin-record.ts';
import { checkNewPin, normalisePin } from './pin-rules.ts';
import { makeRecoveryCode, normaliseRecoveryCode } from './recovery-code.ts';

export interface ManagerPinOptions {
  readonly store: PinStore;
  /** The vault's pepper; null while the keyring is locked. */
  readonly pepper: () => Buffer | null;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly random: Pick<Random, 'bytes'>;
  readonly logger: Pick<Logger, 'warn'>;
  /** scrypt's N, lower only in tests. */
  readonly cost?: number;
}

export interface ManagerPin {
  /** True even if the PIN was removed from the settings: else anyone could set a new one. */
  isSet(): boolean;
  /**
   * Returns the recovery code, which is shown once. `manager-pin-exists` where there is a PIN, `manager-pin-missing`
   * with `details.reason = 'taken-out'` where one was removed.
   */
  make(pin: string, who: Actor): Promise<Result<{ recoveryCode: string }>>;
  /** The same from a provisioning file; allowed also after the PIN was removed. */
  provision(pin: string): Promise<Result<{ recoveryCode: string }>>;
  /**
   * `manager-pin-missing`, `-wrong`, `manager-locked-out` with `details.seconds`, or `key-lost` with
   * `details.what = 'managerPin'` where the pepper is gone and only the recovery code helps; with `details.reason =
   * 'pin'` where the App key was entered again since, so that only the PIN is to be made anew.
   */
  verify(pin: string): Promise<Result<Record<string, never>>>;
  /** Verifies the recovery code instead, while the pepper is lost; the code stays valid. `recovery-code-wrong`. */
  verifyRecoveryCode(recoveryCode: string): Promise<Result<Record<string, never>>>;
  /** Sets a new PIN and returns a new code in place of the used one. Ends a lock too. */
  recover(recoveryCode: string, pin: string): Promise<Result<{ recoveryCode: string }>>;
}

const pepperLost = () => err(appError('key-lost', { what: 'managerPin' }));
/** The App key was entered anew, and so is under another pepper than the PIN. */
const pepperReplaced = () => err(appError('key-lost', { what: 'managerPin', reason: 'pin' }));

export function createManagerPin(options: ManagerPinOptions): ManagerPin {
  const { store, clock, random, logger, cost = SCRYPT_COST } = options;
  const lock = createLock(store, clock);

  async function renew(pin: string, who: Actor): Promise<Result<{ recoveryCode: string }>> {
    const checked = checkNewPin(pin);
    if (!checked.ok) return checked;
    const pepper = options.pepper();
    if (pepper === null) return pepperLost();
    const recoveryCode = makeRecoveryCode(random);
    const record: PinRecord = {
      version: 1,
      pin: await hashSecret(pepperPin(checked.value, pepper), random.bytes(SALT_BYTES), cost),
      pepperId: pepperIdOf(pepper),
      recovery: await hashSecret(recoveryCode.replaceAll('-', ''), random.bytes(SALT_BYTES), cost),
      lockout: unlocked,
    };
    store.make(record, who);
    return ok({ recoveryCode });
  }

  const missing = () =>
    err(appError('manager-pin-missing', store.isTakenOut() ? { reason: 'taken-out' } : undefined));

  const make = async (
    pin: string,
    who: Actor,
    isProvisioned: boolean,
  ): Promise<Result<{ recoveryCode: string }>> => {
    if (store.load() !== null) return err(appError('manager-pin-exists'));
    return store.isTakenOut() && !isProvisioned ? missing() : renew(pin, who);
  };

  async function verify(typed: string): Promise<Result<Record<string, never>>> {
    const record = store.load();
    if (record === null) return missing();
    const pepper = options.pepper();
    if (pepper === null) return pepperLost();
    if (pepperIdOf(pepper) !== record.pepperId) return pepperReplaced();
    const now = lock.current(record);
    if (now.remainingMs > 0) {
      // Stores the time already waited, so that a restart does not require it again.
      lock.keep(record, now);
      return err(appError('manager-locked-out', { seconds: String(Math.ceil(now.remainingMs / 1000)) }));
    }
    // The failure is stored before the guess is checked: killing the program gives no free try.
    const failed = afterFailure(now);
    lock.keep(record, failed);
    if (!(await isSecretOf(record.pin, pepperPin(normalisePin(typed), pepper)))) {
      const { failures, lately } = failed;
      logger.warn('manager.pin-wrong', { failures, lately: Math.ceil(lately) });
      return err(appError('manager-pin-wrong'));
    }
    lock.keep(record, afterSuccess(now));
    return ok({});
  }

  async function verifyRecoveryCode(typed: string): Promise<Result<Record<string, never>>> {
    const kept = store.recovery();
    if (kept === null && store.load() === null) return missing();
    const symbols = normaliseRecoveryCode(typed);
    // 100 random bits need no lock; one would only lock the manager out.
    const opens = kept !== null && symbols !== null && (await isSecretOf(kept, symbols));
    if (!opens) logger.warn('manager.recovery-code-wrong');
    return opens ? ok({}) : err(appError('recovery-code-wrong'));
  }

  const oneAtATime = createQueue();
  // A queue of its own: wrong codes do not delay the PIN. Writing after a right one goes through the PIN's.
  const codes = createQueue();

  async function recover(typed: string, pin: string): Promise<Result<{ recoveryCode: string }>> {
    const verified = await verifyRecoveryCode(typed);
    return verified.ok ? oneAtATime(() => renew(pin, theManager)) : verified;
  }

  return {
    isSet: () => store.load() !== null || store.isTakenOut(),
    make: (pin, who) => oneAtATime(() => make(pin, who, false)),
    provision: (pin) => oneAtATime(() => make(pin, theProgram, true)),
    verify: (pin) => oneAtATime(() => verify(pin)),
    verifyRecoveryCode: (code) => codes(() => verifyRecoveryCode(code)),
    recover: (code, pin) => codes(() => recover(code, pin)),
  };
}

/** The stored lock, less the time this run has seen since. */
function createLock(store: PinStore, clock: Pick<Clock, 'monotonicMs'>) {
  let sinceMs = clock.monotonicMs();
  return {
    current: (record: PinRecord): LockoutState => afterTime(record.lockout, clock.monotonicMs() - sinceMs),
    keep(record: PinRecord, lockout: LockoutState): void {
      store.save({ ...record, lockout: { ...lockout, remainingMs: Math.ceil(lockout.remainingMs) } });
      sinceMs = clock.monotonicMs();
    },
  };
}

/** Serialises guesses: two at once would both pass the lock. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
