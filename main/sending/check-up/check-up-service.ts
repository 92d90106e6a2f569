import { type CheckUp, ok } from '../../../preload/contract/index.ts';
import type { EvidencePolicy } from '../../hosts/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { databaseFailure } from '../../kernel/database/failure.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Changed, Room } from '../../kernel/room.ts';
import { createBench, Halt } from './bench.ts';
import { type Action, nextAction } from './plan.ts';
import { resolvePending } from './resolve.ts';
import { shownCheckUp } from './shown-check-up.ts';
import { withSpentQuota } from './spent-quota.ts';
import { begin, type Done, type StartParts, startProblem } from './start.ts';
import { isReversed } from './state.ts';
import { afterHalt, ask, end, failFor, interrupted, record, reverse } from './steps.ts';

/** The host check-up: tests what KYBIO does not document, over a day and over restarts. */
interface CheckUpService {
  shown(): CheckUp;
  /** Whether the member's sums must move by the check-up alone. */
  holds(customerUid: string): boolean;
  /**
   * The caller has checked for a manager. Errors: check-up-running, check-up-not-possible with `details.reason`
   * (`open-entries`, `member-not-active`, `not-reversed`), and those of a read.
   */
  start(memberNumber: string, who: Actor): Promise<Done>;
  /** Stops asking, reverses the test credits, and ends; retries a failed reversal. */
  stop(who: Actor): Promise<Done>;
  /** Continues after a restart. */
  resume(): void;
  /** Resolves once nothing is under way. */
  close(): Promise<void>;
}

interface CheckUpParts extends StartParts {
  readonly policy: () => EvidencePolicy;
  readonly settings: Settings;
  readonly changed: Changed<'checkUp'>;
  /** The host profile may have changed: plans again. */
  readonly wakeQueue: () => void;
}

const LONGEST_SLEEP_MS = 900_000;
const RETRY_MS = 60_000;

export function createCheckUpService(parts: CheckUpParts): CheckUpService {
  const { repository, clock } = parts;
  const abort = new AbortController();
  const listeners = new Set<() => void>();
  const startedAtMonotonicMs = clock.monotonicMs();
  let quiescenceFromMonotonicMs = startedAtMonotonicMs;
  let working: Promise<void> | null = null;
  let cancelSleep: (() => void) | null = null;
  let closed = false;
  // A stop must not stop its own reversal.
  let isTakingBack = false;

  const bench = createBench(parts, {
    isStopping: () => repository.load()?.ending === 'stopped' && !isTakingBack,
    isTakingBack: () => isTakingBack,
    isClosing: () => closed,
    onWake: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    signal: abort.signal,
  });

  const publish = () => {
    parts.wakeQueue();
    parts.changed('checkUp');
  };
  const wakeAll = () => {
    for (const listener of [...listeners]) listener();
  };

  const perform = async (action: Exclude<Action, { do: 'wait' }>): Promise<void> => {
    if (action.do === 'resolve') {
      const { quiescenceMs, secondReadingMs } = parts.policy();
      const quiescentAtMonotonicMs = quiescenceFromMonotonicMs + quiescenceMs;
      isTakingBack = true;
      const clear = await resolvePending(bench, { quiescentAtMonotonicMs, secondReadingMs });
      if (!clear) end(parts, 'failed', 'other-writer');
      return;
    }
    isTakingBack = action.do === 'reverse';
    if (action.do === 'ask') return ask(bench, action.question);
    if (action.do === 'note') return record(bench, { ...action.answer, atMs: clock.nowMs() });
    if (action.do === 'reverse') return reverse(bench);
    end(parts, action.phase, bench.state().problem);
  };

  const work = async (): Promise<void> => {
    for (;;) {
      const state = repository.load();
      if (closed || state === null) return;
      const action = nextAction(state, clock.nowMs());
      if (action.do === 'wait') return sleep(action.untilMs - clock.nowMs());
      try {
        await perform(action);
      } catch (thrown) {
        if (!(thrown instanceof Halt)) throw thrown;
        if (thrown.kind === 'lost') quiescenceFromMonotonicMs = clock.monotonicMs();
        afterHalt(parts, thrown);
      } finally {
        isTakingBack = false;
      }
      publish();
    }
  };

  const sleep = (delayMs: number) => {
    cancelSleep?.();
    if (!Number.isFinite(delayMs) || closed) return;
    cancelSleep = clock.schedule(Math.min(Math.max(delayMs, 0), LONGEST_SLEEP_MS), wake);
  };

  function wake(): void {
    if (working !== null || closed) return;
    working = work()
      .catch((thrown: unknown) => {
        parts.logger.error('check-up.failed', { error: String(thrown) });
        if (databaseFailure(thrown) === null) failFor(parts, 'fault');
        sleep(RETRY_MS);
      })
      .finally(() => {
        working = null;
        publish();
      });
    // From waiting to running.
    publish();
  }

  return {
    shown: () => {
      const now = shownCheckUp(repository.load(), clock.nowMs(), working !== null);
      return { ...now, answers: withSpentQuota(now.answers, parts.settings) };
    },
    holds: (customerUid) => {
      const state = repository.load();
      return state?.phase === 'running' && state.customerUid === customerUid;
    },
    start: async (memberNumber, who) => {
      const before = repository.load();
      const problem = before === null ? null : startProblem(parts, before, who, wake);
      if (problem !== null) return problem;
      const started = await begin(parts, memberNumber, who, before);
      if (started.ok) wake();
      return started;
    },
    stop: async (who) => {
      const state = repository.load();
      if (state === null || (state.phase !== 'running' && isReversed(state))) return ok({});
      const ending = state.phase === 'running' ? 'stopped' : 'failed';
      repository.save(
        { ...state, phase: 'running', ending: state.ending ?? ending, refusedReversals: 0, notBeforeMs: 0 },
        { what: 'stopping', who },
      );
      wakeAll();
      cancelSleep?.();
      wake();
      return ok({});
    },
    resume: () => {
      const state = repository.load();
      if (state === null || state.phase !== 'running') return;
      repository.save(interrupted(state, clock.nowMs()), { what: 'resumed' });
      wake();
    },
    close: async () => {
      closed = true;
      cancelSleep?.();
      wakeAll();
      abort.abort();
      await working;
    },
  };
}

export const createCheckUpRoom = (checkUp: CheckUpService, hasKey: () => boolean): Room => ({
  name: 'check-up',
  managersHandlers: {
    'checkUp:start': ({ memberNumber }, who) => checkUp.start(memberNumber.trim(), who),
    'checkUp:stop': (_, who) => checkUp.stop(who),
  },
  start: () => {
    if (hasKey()) checkUp.resume();
  },
  stop: checkUp.close,
  shows: { checkUp: checkUp.shown },
});
