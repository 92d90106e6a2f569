import { appError, type Connection, err, ok, type Result } from '../../preload/contract/index.ts';
import { checkNewPin } from '../credentials/pin-rules.ts';
import type { Handlers } from '../ipc/dispatch.ts';
import type { HostProtocol } from '../outbox/member-host.ts';
import type { Clock, Logger } from '../ports.ts';
import { checkConnection } from './config.ts';
import { type Done, type Frame, MANAGER } from './handler-frame.ts';
import type { Session } from './session.ts';
import { testConnection } from './test-connection.ts';
import type { Till } from './till.ts';

type SetUp =
  | 'setup:test'
  | 'setup:connect'
  | 'setup:replaceKey'
  | 'setup:setPlace'
  | 'setup:openPractice'
  | 'setup:leavePractice';

export function setUpHandlers(
  till: Till,
  clock: Clock,
  logger: Logger,
  protocol: HostProtocol,
  { withCodes, withManager, withSession }: Frame,
): Pick<Handlers, SetUp> {
  const test = (typed: Connection) =>
    testConnection(typed, clock, (account) => protocol.connect(account, { clock, logger }));
  return {
    'setup:test': async (typed) => {
      // A till that is set up has its host: the page sends nothing to another one.
      if (till.isLiveConfigured()) return err(appError('invalid-request', { field: 'host' }));
      const checked = checkConnection(typed, protocol);
      return checked.ok ? test(checked.value) : checked;
    },
    'setup:connect': ({ managerPin, tillNumber = 1, tillCount = 1, ...typed }) =>
      withCodes(async () => {
        if (till.isLiveConfigured()) return err(appError('invalid-request', { field: 'host' }));
        const checked = checkConnection(typed, protocol);
        if (!checked.ok) return checked;
        if (tillNumber > tillCount) return err(appError('invalid-request', { field: 'tillNumber' }));
        const weak = checkNewPin(managerPin);
        if (!weak.ok) return weak;
        const tested = await test(checked.value);
        if (!tested.ok) return tested;
        const connected = await till.connect(checked.value, { tillNumber, tillCount });
        return connected.ok ? makeFirstPin(till.session(), managerPin, logger) : connected;
      }),
    'setup:replaceKey': ({ appKey, pin }) =>
      withSession(async (session) => {
        const key = appKey.trim();
        if (key === '') return err(appError('invalid-request', { field: 'appKey' }));
        const verified = await session.managerPin.verify(pin);
        // With the keychain lost the PIN cannot be checked; then the recovery code vouches.
        const vouched =
          !verified.ok && verified.error.code === 'key-lost'
            ? await session.managerPin.verifyRecoveryCode(pin)
            : verified;
        return vouched.ok ? till.replaceKey(key) : vouched;
      }),
    'setup:setPlace': ({ pin, ...place }) => withManager(pin, () => till.setPlace(place, MANAGER)),
    'setup:openPractice': () => till.openPractice(),
    'setup:leavePractice': () => till.leavePractice(),
  };
}

/** The till is open and stays so; who has its App key can make the PIN later. */
async function makeFirstPin(
  session: Session | null,
  pin: string,
  logger: Logger,
): Promise<Result<{ recoveryCode: string }>> {
  try {
    const made = await session?.managerPin.make(pin);
    if (made?.ok) return made;
    logger.error('manager-pin.not-made', { code: made?.error.code ?? 'not-set-up' });
  } catch (thrown) {
    logger.error('manager-pin.not-made', { error: String(thrown) });
  }
  return err(appError('manager-pin-not-made'));
}

export function practiceHandlers(
  till: Till,
  { withSession }: Frame,
): Pick<Handlers, 'practice:setPlug' | 'practice:loseNextReply'> {
  const withPractice = (
    act: (practice: NonNullable<Session['practice']>) => Promise<void> | void,
  ): Promise<Done> =>
    withSession(async ({ practice, networkChanged }) => {
      if (practice === null) return err(appError('not-in-practice'));
      await act(practice);
      // The plug is this store's network.
      networkChanged(practice.plugIn());
      till.changed();
      return ok({});
    });
  return {
    'practice:setPlug': ({ in: plugIn }) => withPractice((practice) => practice.setPlug(plugIn)),
    'practice:loseNextReply': ({ lose }) => withPractice((practice) => practice.setLoseNextReply(lose)),
  };
}
