import { appError, err, ok } from '../../preload/contract/index.ts';
import { doubtView, reviewCaseView } from '../counter/review-view.ts';
import type { Handlers } from '../ipc/dispatch.ts';
import { afterLargerLimit } from '../link/link-state.ts';
import type { Printer } from '../ports.ts';
import { type Frame, MANAGER } from './handler-frame.ts';

type Review = 'review:list' | 'review:answer' | 'review:correct' | 'review:dismiss' | 'review:print';
type PolicyChannels = 'policy:get' | 'policy:save' | 'policy:continueOffline';
type CheckUpChannels = 'checkUp:get' | 'checkUp:start' | 'checkUp:stop';

/** As many as one reply may carry; the oldest wait longest and come first. */
const MOST_SHOWN = 200;

export function reviewHandlers(
  { withSession, withManager, asEntry }: Frame,
  printer: Printer,
): Pick<Handlers, Review> {
  return {
    'review:list': () =>
      withSession(({ review, outbox, config }) => {
        const { storeTimeZone } = config;
        const cases = review.cases().slice(0, MOST_SHOWN);
        const doubts = review.doubts().map((doubt) => doubtView(doubt, outbox.byId, storeTimeZone));
        return ok({
          cases: cases.map((of) => reviewCaseView(of, storeTimeZone)),
          doubts: doubts.filter((doubt) => doubt !== null).slice(0, MOST_SHOWN),
        });
      }),
    'review:answer': ({ id, version, answer, pin }) =>
      withManager(pin, async (session) => {
        const answered = await session.review.answer(id, version, answer, MANAGER);
        // A person says so, of this one: no wait of earlier troubles holds it.
        if (answered.ok && answer === 'send') session.loop.hurry(true);
        return asEntry(session, answered);
      }),
    'review:correct': ({ doubtId, pin }) =>
      withManager(pin, async (session) => {
        const made = await session.review.correct(doubtId, MANAGER);
        if (made.ok) session.loop.hurry(true);
        return asEntry(session, made);
      }),
    'review:dismiss': ({ doubtId, pin }) =>
      withManager(pin, (session) => session.review.dismiss(doubtId, MANAGER)),
    'review:print': () =>
      withSession(async () => {
        const problem = await printer.print();
        return problem === null ? ok({}) : err(appError('internal', { words: problem.slice(0, 500) }));
      }),
  };
}

export function policyHandlers({ withSession, withManager }: Frame): Pick<Handlers, PolicyChannels> {
  return {
    'policy:get': () =>
      withSession(({ policy }) => ok({ policy: policy.current(), isAskedAnew: policy.isAskedAnew() })),
    'policy:save': ({ policy, pin }) =>
      withManager(pin, (session) => {
        const { callsPerDay: before } = session.policy.current();
        session.policy.save(policy, MANAGER);
        const isLarger = policy.callsPerDay > Math.max(before, session.meter.usedToday());
        // Protocol rule 7. Where KYBIO knows of no larger one, its next answer pauses the queue again.
        if (isLarger) session.link.update(afterLargerLimit);
        // A longer quiescence, a larger budget: what waits may be due at another moment now.
        session.loop.wake();
        return ok({});
      }),
    'policy:continueOffline': ({ pin }) =>
      withManager(pin, (session) => {
        session.offline.goOn(MANAGER);
        return ok({});
      }),
  };
}

export function checkUpHandlers({ withSession, withManager }: Frame): Pick<Handlers, CheckUpChannels> {
  return {
    'checkUp:get': () => withSession((session) => ok(session.checkUp.view())),
    'checkUp:start': ({ memberNumber, pin }) =>
      withManager(pin, (session) => session.checkUp.start(memberNumber.trim(), MANAGER)),
    'checkUp:stop': ({ pin }) => withManager(pin, (session) => session.checkUp.stop(MANAGER)),
  };
}
