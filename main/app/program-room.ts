import { appError, type Connection, err, ok, type Result } from '../../preload/contract/index.ts';
import { checkConnection } from '../hosts/index.ts';
import { proxyOf, waysOf } from '../hosts/network/index.ts';
import type { HostProtocol } from '../hosts/port/index.ts';
import { type Actor, theManager } from '../kernel/actor.ts';
import type { Clock, Door, Logger, Network } from '../kernel/ports.ts';
import type { Handler, Room } from '../kernel/room.ts';
import { checkNewPin } from '../people/index.ts';
import type { TillUse, Updates } from '../updates/index.ts';
import type { Session } from './session.ts';
import { testConnection } from './test-connection.ts';
import type { Till } from './till.ts';

export interface ProgramRoomParts {
  readonly till: Till;
  readonly protocol: HostProtocol;
  readonly door: Door;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Direct by default. */
  readonly network?: Network;
  /** The page shows an open till. */
  readonly drawn?: () => Promise<void>;
  /** Restarts the program where an obstacle was met before there was a till; false where none was. */
  readonly startAnew?: () => boolean;
  /** Shows the file saved last in its folder. */
  readonly showSaved?: () => void;
  /** Absent without updates. */
  readonly updates?: Pick<Updates, 'check' | 'page'>;
  readonly use?: Pick<TillUse, 'page'>;
}

/** What works without an open till: set-up, modes, the window. */
export function createProgramRoom(parts: ProgramRoomParts): Room {
  const { till, protocol, door, clock, network, updates } = parts;
  const test = (typed: Connection) =>
    testConnection(typed, clock, (account) => protocol.connect(account, parts));
  const notInPractice = () =>
    err(till.session() === null ? appError('not-set-up') : appError('not-in-practice'));
  return {
    name: 'program',
    handlers: {
      'app:close': ({ answer }) => {
        door.answer(answer);
        return ok({});
      },
      'app:drawn': async () => {
        await parts.drawn?.();
        return ok({});
      },
      'app:openAgain': async () => {
        if (till.open() === 'none' && !parts.startAnew?.()) await till.start();
        return ok({});
      },
      'app:showSaved': () => {
        parts.showSaved?.();
        return ok({});
      },
      'setup:test': async (typed) => {
        // A live till has its host: the page must not call another one.
        if (till.isLiveConfigured()) return err(appError('invalid-request', { field: 'host' }));
        // The name may still be missing: KYBIO does not get it.
        const checked = checkConnection({ ...typed, tillName: typed.tillName.trim() || 'test' }, protocol);
        if (!checked.ok) return checked;
        const tested = await test(checked.value);
        return tested.ok
          ? ok({ ...tested.value, proxy: await proxyTo(checked.value.host, network) })
          : tested;
      },
      'setup:connect': connecting(parts, test),
      'setup:replaceKey': replacingKey(till),
      'setup:openPractice': () => till.openPractice(),
      'setup:leavePractice': () => till.leavePractice(),
      // Handled by the practice store's own room while it is open.
      'practice:setPlug': notInPractice,
      'practice:loseNextReply': notInPractice,
      'updates:check': () => {
        if (updates === undefined) return noUpdates();
        // May download for hours: not waited for.
        void updates.check();
        return ok({});
      },
      'updates:inUse': ({ use }) => {
        updates?.page(use);
        parts.use?.page(use);
        return ok({});
      },
    },
    managersHandlers: {
      'setup:setPlace': ({ tillNumber, tillCount }, who) => till.setNumbering({ tillNumber, tillCount }, who),
      'updates:download': noUpdates,
      'updates:installNow': noUpdates,
    },
  };
}

/** The system's proxy for the host; http is loopback only. */
async function proxyTo(host: string, network: Network | undefined): Promise<string | null> {
  if (network === undefined || !host.startsWith('https:')) return null;
  return proxyOf(waysOf(await network.resolveProxy(host).catch(() => '')));
}

const noUpdates = () => err(appError('update-off'));

function connecting(
  { till, protocol, logger }: ProgramRoomParts,
  test: (connection: Connection) => ReturnType<typeof testConnection>,
): Handler<'setup:connect'> {
  return async ({ managerPin, tillNumber = 1, tillCount = 1, ...typed }, who) => {
    if (till.isLiveConfigured()) return err(appError('invalid-request', { field: 'host' }));
    const checked = checkConnection(typed, protocol);
    if (!checked.ok) return checked;
    if (tillNumber > tillCount) return err(appError('invalid-request', { field: 'tillNumber' }));
    const weak = checkNewPin(managerPin);
    if (!weak.ok) return weak;
    const tested = await test(checked.value);
    if (!tested.ok) return tested;
    const connected = await till.connect(checked.value, { tillNumber, tillCount });
    return connected.ok ? makeFirstPin(till.session(), managerPin, who, logger) : connected;
  };
}

/** If it fails the till stays open: whoever has its App key can set the PIN later. */
async function makeFirstPin(
  session: Session | null,
  pin: string,
  who: Actor,
  logger: Logger,
): Promise<Result<{ recoveryCode: string }>> {
  try {
    const made = await session?.managerPin.make(pin, who);
    if (made?.ok) return made;
    logger.error('manager-pin.not-made', { code: made?.error.code ?? 'not-set-up' });
  } catch (thrown) {
    logger.error('manager-pin.not-made', { error: String(thrown) });
  }
  return err(appError('manager-pin-not-made'));
}

const replacingKey =
  (till: Till): Handler<'setup:replaceKey'> =>
  async ({ appKey, pin }) => {
    const session = till.session();
    if (session === null) return err(appError('not-set-up'));
    const key = appKey.trim();
    if (key === '') return err(appError('invalid-request', { field: 'appKey' }));
    const verified = await session.managerPin.verify(pin);
    // Without the keyring no PIN can be checked: the recovery code counts.
    const authorised =
      !verified.ok && verified.error.code === 'key-lost'
        ? await session.managerPin.verifyRecoveryCode(pin)
        : verified;
    return authorised.ok ? till.replaceKey(key, theManager) : authorised;
  };
