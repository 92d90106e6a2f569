import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { entryView } from '../counter/entry-view.ts';
import { DatabaseFailure, databaseFailure } from '../database/failure.ts';
import type { Handlers } from '../ipc/dispatch.ts';
import type { Increment } from '../outbox/types.ts';
import type { Clock, Logger } from '../ports.ts';
import { afterManager } from '../sync/link-state.ts';
import { checkConnection } from './config.ts';
import type { Session } from './session.ts';
import { testConnection } from './test-connection.ts';
import type { Till } from './till.ts';

/** Where an entry is saved although the screen cannot read it back, the log says so. */
const MOST_FOUND = 200;

type Done = Result<Record<string, never>>;

/** The contract's channels over the till that is open. What the database cannot do comes out as a code. */
export function createHandlers(till: Till, clock: Clock, logger: Logger): Handlers {
  const withCodes = async <T>(act: () => Promise<Result<T>> | Result<T>): Promise<Result<T>> => {
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

  const withSession = async <T>(
    act: (session: Session) => Promise<Result<T>> | Result<T>,
  ): Promise<Result<T>> => {
    const session = till.session();
    return session === null ? err(appError('not-set-up')) : withCodes(() => act(session));
  };

  const asEntry = (session: Session, added: Result<Increment>) => {
    if (!added.ok) return added;
    session.loop.wake();
    return ok(entryView(added.value, session.config.storeTimeZone));
  };

  const withManager = async (
    session: Session,
    pin: string,
    act: () => Promise<Done> | Done,
  ): Promise<Done> => {
    const verified = await session.managerPin.verify(pin);
    return verified.ok ? act() : verified;
  };

  return {
    'app:snapshot': async () => ok(till.snapshot()),
    ...setUpHandlers(till, clock, logger, { withCodes, withSession, withManager }),
    'members:find': ({ query }) =>
      withSession(async (session) => {
        const found = await session.lookUp.find(query);
        return found.ok ? ok({ members: [...found.value] }) : found;
      }),
    'members:card': ({ customerUid }) => withSession((session) => session.lookUp.card(customerUid)),
    'topUps:create': (request) => withSession((session) => asEntry(session, session.topUps.create(request))),
    'entries:cancel': ({ id }) => withSession((session) => asEntry(session, session.topUps.cancel(id))),
    'entries:reverse': ({ id, requestId, pin }) =>
      withSession(async (session) => {
        const verified = await session.managerPin.verify(pin);
        return verified.ok ? asEntry(session, session.topUps.reverse(id, requestId)) : verified;
      }),
    'entries:search': ({ query }) =>
      withSession((session) => {
        const found = session.outbox.search(query.trim(), MOST_FOUND);
        return ok({ entries: found.map((increment) => entryView(increment, session.config.storeTimeZone)) });
      }),
    'sync:sendNow': () =>
      withSession((session) => {
        session.loop.hurry();
        return ok({});
      }),
    'sync:resume': ({ pin }) =>
      withSession((session) =>
        withManager(session, pin, () => {
          logger.warn('queue.resumed-by-manager');
          session.link.update(afterManager);
          return ok({});
        }),
      ),
    'sync:networkChanged': ({ online }) =>
      withSession((session) => {
        if (online) session.loop.networkChanged();
        return ok({});
      }),
    'manager:makePin': ({ pin }) => withSession((session) => session.managerPin.make(pin)),
    'manager:recover': ({ recoveryCode, pin }) =>
      withSession((session) => session.managerPin.recover(recoveryCode, pin)),
    'practice:setPlug': ({ in: plugIn }) =>
      withPractice(till, withSession, (practice) => practice.setPlug(plugIn)),
    'practice:loseNextReply': ({ lose }) =>
      withPractice(till, withSession, (practice) => practice.setLoseNextReply(lose)),
  };
}

type WithCodes = <T>(act: () => Promise<Result<T>> | Result<T>) => Promise<Result<T>>;
type WithSession = <T>(act: (session: Session) => Promise<Result<T>> | Result<T>) => Promise<Result<T>>;

function withPractice(
  till: Till,
  withSession: WithSession,
  act: (practice: NonNullable<Session['practice']>) => Promise<void> | void,
): Promise<Done> {
  return withSession(async ({ practice, loop }) => {
    if (practice === null) return err(appError('not-in-practice'));
    await act(practice);
    // Putting the plug in is the network's return.
    if (practice.plugIn()) loop.networkChanged();
    till.changed();
    return ok({});
  });
}

function setUpHandlers(
  till: Till,
  clock: Clock,
  logger: Logger,
  guards: {
    readonly withCodes: WithCodes;
    readonly withSession: WithSession;
    readonly withManager: (session: Session, pin: string, act: () => Promise<Done> | Done) => Promise<Done>;
  },
): Pick<
  Handlers,
  'setup:test' | 'setup:connect' | 'setup:replaceKey' | 'setup:openPractice' | 'setup:leavePractice'
> {
  const { withCodes, withSession, withManager } = guards;
  return {
    'setup:test': async (typed) => {
      const checked = checkConnection(typed);
      return checked.ok ? testConnection(checked.value, clock, logger) : checked;
    },
    'setup:connect': (typed) =>
      withCodes(async () => {
        const checked = checkConnection(typed);
        if (!checked.ok) return checked;
        const tested = await testConnection(checked.value, clock, logger);
        return tested.ok ? till.connect(checked.value) : tested;
      }),
    'setup:replaceKey': ({ appKey, pin }) =>
      withSession(async (session) => {
        const key = appKey.trim();
        if (key === '') return err(appError('invalid-request', { field: 'appKey' }));
        const verified = await withManager(session, pin, () => ok({}));
        // With the keychain lost the PIN cannot be checked; then the recovery code vouches.
        const vouched =
          !verified.ok && verified.error.code === 'key-lost'
            ? await session.managerPin.verifyRecoveryCode(pin)
            : verified;
        return vouched.ok ? session.replaceKey(key) : vouched;
      }),
    'setup:openPractice': () => till.openPractice(),
    'setup:leavePractice': () => till.leavePractice(),
  };
}
