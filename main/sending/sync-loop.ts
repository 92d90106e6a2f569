import type { PauseReason } from '../../preload/contract/index.ts';
import {
  afterCommit,
  afterFault,
  afterNetworkChange,
  afterNewDay,
  isQuotaSpent,
  isWaiting,
  type LinkState,
  stopsReads,
  withoutWait,
  withPause,
} from '../hosts/link/index.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import type { SendCandidate } from '../ledger/index.ts';
import { createCardsOfOthers } from './cards-of-others.ts';
import { pauseForDisk } from './commit-end.ts';
import type { SyncLoop, SyncLoopParts } from './loop-parts.ts';
import { createNewBaseline } from './new-baseline.ts';
import { mayChangePlan, plan } from './plan.ts';
import { createProbe } from './probe.ts';
import { createSendOne } from './send-one.ts';

/** Plans this often without an event, such as on a new store day. */
const HEARTBEAT_MS = 30_000;

const DISK_RETRY_MS = 2_000;

const INVESTIGATE_AGAIN_MS = 5_000;

/** Time for aborted sends to commit their end. */
const LAST_COMMIT_MS = 2_000;

const isPausedFor = (state: LinkState, reason: PauseReason): boolean =>
  state.pauses.some((pause) => pause.reason === reason);

/**
 * Sends the outbox in one lane: one entry at a time, the oldest first of members that nothing blocks. `plan` decides what to do, `classifyIncrement` and
 * `settle` what an attempt's end means; the loop acts, and plans again after every act.
 */
export function createSyncLoopService(parts: SyncLoopParts): SyncLoop {
  const { outbox, link, clock, logger, changed, failedReads, preSendCheck } = parts;
  const underWay = new Set<Promise<void>>();
  const abort = new AbortController();
  let probing = false;
  // From the reads before a send to the commit of its end.
  let isSending = false;
  let looking = false;
  let isPassDue = false;
  let soon = false;
  let stopped = true;
  let diskTryAtMonotonicMs = 0;
  let investigateAtMonotonicMs = 0;
  let cancelTimer: (() => void) | null = null;

  const probe = createProbe(parts);
  const newBaseline = createNewBaseline(parts);
  const sendOne = createSendOne({
    ...parts,
    newBaseline,
    cardsOfOthers: createCardsOfOthers(parts),
    abort: abort.signal,
    isStopped: () => stopped,
  });

  const track = (work: Promise<void>, whatFor: string, done: () => void) => {
    const tracked = work
      .catch((thrown: unknown) => {
        logger.error('sync.failed', { whatFor, error: String(thrown) });
        const failure = databaseFailure(thrown);
        link.update((state, at) =>
          failure === null ? afterFault(state, at) : withPause(state, 'disk', failure.code, at.nowMs),
        );
      })
      .finally(() => {
        done();
        underWay.delete(tracked);
        changed('budget');
        wakeSoon();
      });
    underWay.add(tracked);
  };

  const startSend = (candidate: SendCandidate, from: 'queued' | 'unknown' = 'queued') => {
    isSending = true;
    track(sendOne(candidate, from), 'send', () => {
      isSending = false;
    });
  };

  /** One step of an investigation, its reads beside the lane; returns when the next is due, null if none. */
  const investigate = (): number | null => {
    if (probing || isSending) return null;
    const inMs = investigateAtMonotonicMs - clock.monotonicMs();
    if (inMs > 0) return inMs;
    const { reach, pauses, refusedRead, backoff } = link.state;
    // An unanswered increment makes the next one wait, not the reads that decide it, unless they are refused too.
    const waitsForReads = !backoff.isOfIncrement || refusedRead !== null;
    const waits = waitsForReads && isWaiting(backoff, clock.monotonicMs());
    const canAsk = reach === 'online' && !waits && !pauses.some(stopsReads);
    const sendsFromMs = canAsk && pauses.length === 0 ? backoff.untilMonotonicMs : null;
    // While KYBIO refuses reads nothing is decided.
    const takesCalls = !isQuotaSpent(link.state) && (refusedRead === null || canAsk);
    const { due, wakeInMs } = parts.detective.next(canAsk, sendsFromMs, takesCalls);
    if (due === null) return wakeInMs;
    if (due.step.do === 'send-again') {
      startSend({ ...due.increment }, 'unknown');
      return null;
    }
    probing = true;
    const performed = parts.detective.perform(due.increment, due.step).catch((thrown: unknown) => {
      // A local failure (a full disk) would repeat at once.
      investigateAtMonotonicMs = clock.monotonicMs() + INVESTIGATE_AGAIN_MS;
      throw thrown;
    });
    track(performed, 'investigate', () => {
      probing = false;
    });
    return null;
  };

  const startProbe = () => {
    probing = true;
    track(probe.ask(), 'probe', () => {
      probing = false;
    });
  };

  const runPass = () => {
    if (stopped) return;
    preSendCheck.beat();
    if (isPausedFor(link.state, 'quota'))
      link.update((state, at) => {
        const next = afterNewDay(state, parts.isToday, at.nowMs);
        // What refused the day before says nothing of the new one.
        return next.pauses.length < state.pauses.length ? withoutWait(next) : state;
      });
    const diskPause = isPausedFor(link.state, 'disk');
    if (diskPause && !isSending && clock.monotonicMs() >= diskTryAtMonotonicMs) {
      // A small write may succeed where larger ones fail, so it waits between tries.
      diskTryAtMonotonicMs = clock.monotonicMs() + DISK_RETRY_MS;
      parts.tryWrite();
      link.update(afterCommit);
    }
    const next = plan({
      link: link.state,
      candidates: outbox.candidates(),
      busyMembers: new Set([...outbox.busyMembers(), ...failedReads.waiting(), ...preSendCheck.waiting()]),
      isSending,
      probing,
      mayAsk: link.state.reach !== 'offline' || probe.mayAsk(),
      monotonicMs: clock.monotonicMs(),
    });
    if (next.probe && probe.mayAsk()) startProbe();
    // Before a new send: a resend is the older entry, and a long backlog must not delay evidence.
    const evidenceInMs = investigate();
    if (!isSending) for (const candidate of next.send) startSend(candidate);
    wakeIn(
      Math.min(
        diskPause ? DISK_RETRY_MS : HEARTBEAT_MS,
        next.wakeInMs ?? HEARTBEAT_MS,
        evidenceInMs ?? HEARTBEAT_MS,
      ),
    );
  };

  const wakeIn = (delayMs: number) => {
    cancelTimer?.();
    cancelTimer = clock.schedule(Math.min(delayMs, HEARTBEAT_MS), wake);
  };

  function wake(): void {
    // A round may wake the loop itself: then it runs once more, not recursively.
    isPassDue = true;
    if (looking) return;
    looking = true;
    try {
      while (isPassDue) {
        isPassDue = false;
        runPass();
      }
    } catch (thrown) {
      // Without its timer the loop would stop until a new entry.
      if (databaseFailure(thrown) !== null) logger.error('sync.database-failed', { error: String(thrown) });
      else logger.error('sync.failed', { whatFor: 'look', error: String(thrown) });
      wakeIn(DISK_RETRY_MS);
    } finally {
      looking = false;
    }
  }

  /** Joins the wake-ups of one answer. */
  function wakeSoon(): void {
    if (soon) return;
    soon = true;
    queueMicrotask(() => {
      soon = false;
      wake();
    });
  }

  link.onChange((before, after) => {
    if (mayChangePlan(before, after)) wakeSoon();
  });

  const networkChanged = () => {
    parts.client().networkChanged();
    link.update(afterNetworkChange);
    wake();
  };

  return {
    start: () => {
      stopped = false;
      try {
        // Without a key nothing goes, and evidence cannot be authenticated.
        if (parts.signer() !== null) preSendCheck.begin();
      } catch (thrown) {
        // A till with a full disk opens; each waiting entry is checked once the disk works.
        pauseForDisk(parts, thrown);
      }
      wake();
    },
    wake: wakeSoon,
    ask: () => {
      if (!stopped && !probing && link.state.reach === 'starting' && link.state.pauses.length === 0)
        startProbe();
    },
    hurry: () => {
      probe.hurry();
      link.update(withoutWait);
      wake();
    },
    networkChanged,
    wokeUp: () => {
      parts.detective.wokeUp();
      parts.forgottenSends.wokeUp();
      preSendCheck.wokeUp();
      networkChanged();
    },
    stop: async (graceMs) => {
      stopped = true;
      cancelTimer?.();
      const cancelGrace = clock.schedule(graceMs, () => abort.abort());
      let cancelLast: () => void = () => undefined;
      const gaveUp = new Promise<void>((resolve) => {
        cancelLast = clock.schedule(graceMs + LAST_COMMIT_MS, resolve);
      });
      await Promise.race([Promise.all(underWay), gaveUp]);
      cancelGrace();
      cancelLast();
    },
  };
}
