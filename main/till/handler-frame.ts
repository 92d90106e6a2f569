import { appError, type Entry, err, ok, type Result } from '../../preload/contract/index.ts';
import { entryView } from '../counter/entry-view.ts';
import { DatabaseFailure, databaseFailure } from '../database/failure.ts';
import type { Increment } from '../outbox/types.ts';
import type { Clock, Logger } from '../ports.ts';
import type { Session } from './session.ts';
import type { Till } from './till.ts';

export type Done = Result<Record<string, never>>;

type Act<T> = (session: Session) => Promise<Result<T>> | Result<T>;

/** What every handler does around its own work. */
export interface Frame {
  /** What the database cannot do comes out as a code, with or without a till. */
  withCodes<T>(act: () => Promise<Result<T>> | Result<T>): Promise<Result<T>>;
  /** The till that is open; what the database cannot do comes out as a code. */
  withSession<T>(act: Act<T>): Promise<Result<T>>;
  /** The same for what only a manager may: main checks the PIN, whatever the page believes. */
  withManager<T>(pin: string, act: Act<T>): Promise<Result<T>>;
  /** An entry that was made or changed, and a look at whether it can go. */
  asEntry(session: Session, changed: Result<Increment>): Result<Entry>;
}

/** Who acts where the manager's PIN was asked for; there is one PIN, so there is one name. */
export const MANAGER = 'manager';

/** By then "Saved" is on the screen: to begin an attempt takes the disk twice, and draws the list anew. */
const SEND_AFTER_MS = 60;

export function createFrame(till: Till, clock: Clock, logger: Logger): Frame {
  const withCodes: Frame['withCodes'] = async (act) => {
    try {
      return await act();
    } catch (thrown) {
      const failure = thrown instanceof DatabaseFailure ? thrown.appError : databaseFailure(thrown);
      if (failure === null) throw thrown;
      logger.error('database.failed', { code: failure.code, sqlite: failure.details?.['sqlite'] ?? '' });
      return err(failure);
    } finally {
      till.changed();
    }
  };
  const withSession: Frame['withSession'] = async (act) => {
    const session = till.session();
    return session === null ? err(appError('not-set-up')) : withCodes(() => act(session));
  };
  return {
    withCodes,
    withSession,
    withManager: (pin, act) =>
      withSession(async (session) => {
        const verified = await session.managerPin.verify(pin);
        return verified.ok ? act(session) : verified;
      }),
    asEntry: (session, changed) => {
      if (!changed.ok) return changed;
      // After the reply has left: to begin an attempt takes two commits, and a cashier waits for "Saved". A till that
      // closes meanwhile sends the entry at its next start.
      clock.schedule(SEND_AFTER_MS, () => session.loop.wake());
      return ok(entryView(changed.value, session.config.storeTimeZone, session.outbox.holders()));
    },
  };
}
