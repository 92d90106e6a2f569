import {
  type AppError,
  type EntryState,
  entryStates,
  type Link as LinkView,
  type Snapshot,
  zeroAmount,
} from '../../preload/contract/index.ts';
import { entryViews } from '../counter/entry-view.ts';
import { heldForMs } from '../link/brake.ts';
import { gravestPause } from '../link/pauses.ts';
import { endOfDay, forecastLookUps } from '../members/call-forecast.ts';
import { storeDay } from '../outbox/store-time.ts';
import { practiceSamples } from '../practice/samples.ts';
import type { Session } from './session.ts';

const MOST_ROWS = 300;

/** A wait that is over before it is read is not told. */
const TOLD_FROM_MS = 30_000;

const nothing = { entries: 0, balance: zeroAmount, point: zeroAmount };
const noCounts = Object.fromEntries(entryStates.map((state) => [state, 0])) as Record<EntryState, number>;

/** All but what is the window's own. */
export type Shown = Omit<Snapshot, 'closing'>;

/** The screen before there is a till, or while it cannot be opened. */
export function closedSnapshot(
  revision: number,
  mode: 'first-run' | 'broken',
  problem: AppError | null,
): Shown {
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
    budget: { used: 0, limit: 0, keptForIncrements: 0, lookUpsEndAtMs: null, waitingForLook: 0 },
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
export function openSnapshot(revision: number, session: Session, nowMs: number, monotonicMs: number): Shown {
  const { config, limits, outbox, practice } = session;
  const today = session.today();
  const { unacknowledged, ...day } = outbox.sumsOfDay(today);
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
    link: linkView(session, nowMs, monotonicMs),
    counts: outbox.counts(),
    waiting: day.waiting,
    today: { storeDay: today, ...day },
    refusals: unacknowledged,
    budget: budgetView(session, nowMs),
    directory: { members: session.directory.count(), ...session.directoryFill.state() },
    practice:
      practice === null
        ? null
        : {
            plugIn: practice.plugIn(),
            loseNextReply: practice.loseNextReply(),
            samples: practiceSamples.map((sample) => ({ ...sample })),
          },
    managerPinSet: session.managerPin.isSet(),
    doubts: session.review.doubts().length,
    journalProblem: session.journalProblem,
    offline: session.offline.look(),
    activity: outbox.activity(today, MOST_ROWS).map(entryViews(outbox, session.config.storeTimeZone)),
  };
}

function budgetView({ meter, budget, config, looks }: Session, nowMs: number): Snapshot['budget'] {
  const used = meter.usedToday();
  const dayEndsAtMs = endOfDay(nowMs, (unixMs) => storeDay(unixMs, config.storeTimeZone));
  const lookUpsEndAtMs = forecastLookUps({ pace: meter.pace(), budget, usedToday: used, nowMs, dayEndsAtMs });
  return { used, lookUpsEndAtMs, waitingForLook: looks.waitingEntries(), ...budget };
}

function linkView({ link: { state: link }, reach }: Session, nowMs: number, monotonicMs: number): LinkView {
  const pause = gravestPause(link);
  const waitMs = link.retryAtMonotonicMs - monotonicMs;
  const heldMs = heldForMs(link.brake, monotonicMs);
  return {
    state: pause !== null ? 'paused' : link.reach,
    pause,
    retryAtMs: waitMs > 0 ? Math.round(nowMs + waitMs) : null,
    lastAnswerAtMs: link.lastAnswerAtMs,
    heldBackUntilMs: heldMs > TOLD_FROM_MS ? Math.round(nowMs + heldMs) : null,
    // Offline or paused is no doubt.
    doubt: pause !== null || link.reach === 'offline' ? null : reach.doubt(),
    clockSkewMs: link.clockSkewMs,
  };
}
