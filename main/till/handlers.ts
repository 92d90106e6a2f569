import { err, ok } from '../../preload/contract/index.ts';
import { entryViews } from '../counter/entry-view.ts';
import type { Handlers } from '../ipc/dispatch.ts';
import { type Held, type WhatWaits, whyHeld } from '../link/held.ts';
import type { HostProtocol } from '../outbox/member-host.ts';
import type { Clock, Door, Logger, Printer } from '../ports.ts';
import { createFrame, type Frame, MANAGER } from './handler-frame.ts';
import { checkUpHandlers, policyHandlers, reviewHandlers } from './manager-handlers.ts';
import type { Session } from './session.ts';
import { practiceHandlers, setUpHandlers } from './set-up-handlers.ts';
import type { Till } from './till.ts';

/** What `entries:search` answers with at most. */
const MOST_FOUND = 200;

/** The contract's channels over the till that is open. */
export function createHandlers(
  till: Till,
  clock: Clock,
  logger: Logger,
  printer: Printer,
  door: Door,
  protocol: HostProtocol,
): Handlers {
  const frame = createFrame(till, clock, logger);
  const { withSession } = frame;
  return {
    'app:snapshot': async () => ok(till.snapshot()),
    'app:close': async ({ answer }) => {
      door.answer(answer);
      return ok({});
    },
    ...setUpHandlers(till, clock, logger, protocol, frame),
    ...counterHandlers(frame),
    ...syncHandlers(frame, clock, logger),
    ...reviewHandlers(frame, printer),
    ...policyHandlers(frame),
    ...checkUpHandlers(frame),
    'manager:makePin': ({ pin, appKey }) => withSession((session) => makePin(session, pin, appKey)),
    'manager:recover': ({ recoveryCode, pin }) =>
      withSession((session) => session.managerPin.recover(recoveryCode, pin)),
    ...practiceHandlers(till, frame),
  };
}

/** In the practice store there is nothing to guard; and where there is a PIN, no key helps. */
function makePin(session: Session, pin: string, appKey: string): ReturnType<Session['managerPin']['make']> {
  const isVouched = session.mode === 'practice' || session.managerPin.isSet();
  const refused = isVouched ? null : session.checkAppKey(appKey);
  return refused === null ? session.managerPin.make(pin) : Promise.resolve(err(refused));
}

type Counter =
  | 'members:find'
  | 'members:answer'
  | 'members:card'
  | 'topUps:create'
  | 'entries:cancel'
  | 'entries:acknowledge'
  | 'entries:reverse'
  | 'entries:search';

function counterHandlers({ withSession, withManager, asEntry }: Frame): Pick<Handlers, Counter> {
  return {
    'members:find': ({ query }) =>
      withSession(async (session) => {
        const found = await session.lookUp.find(query);
        return found.ok ? ok({ ...found.value, members: [...found.value.members] }) : found;
      }),
    'members:answer': ({ lookUp }) =>
      withSession(async (session) => {
        const answered = await session.lookUp.answer(lookUp);
        return answered.ok ? ok({ members: [...answered.value] }) : answered;
      }),
    'members:card': ({ customerUid }) => withSession((session) => session.lookUp.card(customerUid)),
    'topUps:create': (request) => withSession((session) => asEntry(session, session.topUps.create(request))),
    'entries:cancel': ({ id }) => withSession((session) => asEntry(session, session.topUps.cancel(id))),
    'entries:acknowledge': ({ id }) =>
      withSession((session) => asEntry(session, session.acknowledge(id, session.config.tillName))),
    'entries:reverse': ({ id, requestId, pin }) =>
      withManager(pin, (session) => asEntry(session, session.topUps.reverse(id, requestId))),
    'entries:search': ({ query }) =>
      withSession((session) => {
        const found = session.outbox.search(query.trim(), MOST_FOUND);
        return ok({ entries: found.map(entryViews(session.outbox, session.config.storeTimeZone)) });
      }),
  };
}

type Sync = 'sync:sendNow' | 'sync:resume' | 'sync:networkChanged';

const heldOf = (
  { outbox, link, reach }: Session,
  wait: Pick<WhatWaits, 'heldBackMs' | 'insists'>,
): Held | null => {
  const { sending, unknown } = outbox.counts();
  return whyHeld({
    link: link.state,
    networkGone: reach.doubt() === 'no-network',
    ...{ sending, unknown },
    candidates: outbox.candidates(),
    holders: outbox.holders(),
    ...wait,
  });
};

function syncHandlers(
  { withSession, withManager }: Frame,
  clock: Clock,
  logger: Logger,
): Pick<Handlers, Sync> {
  return {
    'sync:sendNow': ({ insist }) =>
      withSession((session) => {
        const insists = insist === true;
        const heldBackMs = session.loop.heldBackForMs();
        const held = heldOf(session, { heldBackMs, insists });
        session.loop.hurry(insists);
        return ok({
          held,
          ...(held === 'held-back' ? { untilMs: Math.round(clock.nowMs() + heldBackMs) } : {}),
        });
      }),
    'sync:resume': ({ pin }) =>
      withManager(pin, (session) => {
        logger.warn('queue.resumed-by-manager');
        session.resume(MANAGER);
        // Whoever says that it may go on means at least one.
        session.loop.hurry(true);
        return ok({});
      }),
    'sync:networkChanged': ({ online }) =>
      withSession((session) => {
        session.networkChanged(online);
        return ok({});
      }),
  };
}
