import {
  type AppError,
  type EntryState,
  entryStates,
  type Link as LinkView,
  type Snapshot,
  zeroAmount,
} from '../../preload/contract/index.ts';
import { entryView } from '../counter/entry-view.ts';
import { heldForMs } from '../sync/brake.ts';
import type { LinkState } from '../sync/link-state.ts';
import { gravestPause } from '../sync/pauses.ts';
import type { Session } from './session.ts';

const MOST_ROWS = 300;

const nothing = { entries: 0, balance: zeroAmount, point: zeroAmount };
const noCounts = Object.fromEntries(entryStates.map((state) => [state, 0])) as Record<EntryState, number>;

/** The screen before there is a till, or while it cannot be opened. */
export function closedSnapshot(
  revision: number,
  mode: 'first-run' | 'broken',
  problem: AppError | null,
): Snapshot {
  return {
    revision,
    mode,
    problem,
    till: null,
    link: {
      state: 'starting',
      pause: null,
      retryAtMs: null,
      lastAnswerAtMs: null,
      heldBackUntilMs: null,
      doubt: null,
      clockSkewMs: null,
    },
    counts: noCounts,
    waiting: nothing,
    today: {
      storeDay: '',
      done: nothing,
      waiting: nothing,
      checking: nothing,
      review: nothing,
      refused: nothing,
    },
    refusals: 0,
    budget: { used: 0, limit: 0, keptForIncrements: 0, lookUpsEndAtMs: null },
    directory: { members: 0, complete: false, updatedAtMs: null },
    practice: null,
    managerPinSet: false,
    doubts: 0,
    journalProblem: null,
    offline: { sinceMs: null, stopped: false },
    activity: [],
  };
}

/** Everything the till's screen shows, read afresh from the database and the link. */
export function openSnapshot(
  revision: number,
  session: Session,
  nowMs: number,
  monotonicMs: number,
): Snapshot {
  const { config, limits, outbox, practice } = session;
  const storeDay = session.today();
  const policy = session.policy.current();
  return {
    revision,
    mode: session.mode,
    problem: null,
    till: {
      name: config.tillName,
      number: config.tillNumber,
      count: config.tillCount,
      cashier: config.tillName,
      storeTimeZone: config.storeTimeZone,
      currency: config.currency,
      language: config.language,
      host: config.host,
      appId: config.appId,
      balanceCap: limits.balanceCap,
      pointCap: limits.pointCap,
      pointDecimals: limits.pointDecimals,
      quickAmounts: [...limits.quickAmounts],
      scanner: {
        meanGapMs: policy.scanMeanGapMs,
        prefix: policy.scanPrefix,
        suffix: policy.scanSuffix,
        end: policy.scanEnd,
      },
      keypad: policy.keypad,
    },
    link: linkView(session.link.state, nowMs, monotonicMs),
    counts: outbox.counts(),
    waiting: outbox.waiting(),
    today: {
      storeDay,
      done: outbox.sumsOfDay(storeDay),
      waiting: outbox.waiting(),
      checking: nothing,
      review: nothing,
      refused: nothing,
    },
    refusals: 0,
    budget: { used: session.meter.usedToday(), lookUpsEndAtMs: null, ...session.budget },
    directory: { members: session.directory.count(), ...session.directoryFill.state() },
    practice:
      practice === null
        ? null
        : { plugIn: practice.plugIn(), loseNextReply: practice.loseNextReply(), samples: [] },
    managerPinSet: session.managerPin.isSet(),
    doubts: session.review.doubts().length,
    journalProblem: session.journalProblem,
    offline: session.offline.look(),
    activity: outbox
      .activity(storeDay, MOST_ROWS)
      .map((increment) => entryView(increment, config.storeTimeZone)),
  };
}

function linkView(link: LinkState, nowMs: number, monotonicMs: number): LinkView {
  const pause = gravestPause(link);
  const waitMs = link.retryAtMonotonicMs - monotonicMs;
  const heldMs = heldForMs(link.brake, monotonicMs);
  return {
    state: pause !== null ? 'paused' : link.reach,
    pause,
    retryAtMs: waitMs > 0 ? Math.round(nowMs + waitMs) : null,
    lastAnswerAtMs: link.lastAnswerAtMs,
    heldBackUntilMs: heldMs > 0 ? Math.round(nowMs + heldMs) : null,
    doubt: null,
    clockSkewMs: link.clockSkewMs,
  };
}
