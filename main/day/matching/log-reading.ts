import { type MatchWhy, ok, type Result } from '../../../preload/contract/index.ts';
import type { CallBudget } from '../../hosts/calls/index.ts';
import type { Link } from '../../hosts/link/index.ts';
import type { HostLogRow, Page, ReadFailure } from '../../hosts/port/index.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { Changed } from '../../kernel/room.ts';
import type { MemberReader } from '../../members/index.ts';
import type { Job } from './job.ts';
import { afterFailure, afterPage } from './reading.ts';
import type { StoredJob } from './stored-job.ts';

export interface LogReadingParts {
  readonly store: StoredJob;
  readonly reader: Pick<MemberReader, 'log' | 'logPage'>;
  readonly link: Link;
  readonly callBudget: Pick<CallBudget, 'may'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly canCall: () => boolean;
  /** An entry is being sent, or could be: it goes first. */
  readonly isBehindEntries: () => boolean;
  /** A small committed write; throws while the disk is full or read-only. */
  readonly tryWrite: () => void;
  /** Between two pages, so that a cashier's look-up does not wait behind them. */
  readonly pauseMs: number;
  readonly changed: Changed<'matching'>;
  readonly onDone: (job: Job) => void;
}

/** Reads the log page by page while the call budget allows it and nothing more urgent waits. */
export interface LogReading {
  /** Checks at once whether there is something to read. */
  goOn(): void;
  /** Asks nothing more; drops the reply that is on its way. */
  leave(): void;
  hurry(): void;
  /** Why it waits; null while it reads. */
  held(): MatchWhy | null;
}

/** How often it checks whether it may go on. */
const RECHECK_MS = 15_000;
/** Doubled after each unanswered call, for each counts. */
const LATER_MS = 60_000;

type Answer = Result<Page<HostLogRow>, ReadFailure>;

export function createLogReading(parts: LogReadingParts): LogReading {
  const { store, reader, link, callBudget, clock, logger, canCall, isBehindEntries, changed } = parts;
  let cancel = (): void => undefined;
  let held: MatchWhy | null = null;
  /** Monotonic: a clock set back does not make it longer. */
  let notBeforeMs = 0;
  // Counts the starts: a reply to an earlier one is dropped.
  let current = 0;

  const hold = (why: MatchWhy | null): void => {
    if (held === why) return;
    held = why;
    changed('matching');
  };

  const whyHeld = (): MatchWhy | null => {
    if (!canCall() || link.state.pauses.length > 0) return 'pause';
    if (link.state.reach === 'offline') return 'network';
    if (isBehindEntries()) return 'entries';
    if (!callBudget.may('matching')) return 'budget';
    return clock.monotonicMs() < notBeforeMs ? 'no-answer' : null;
  };

  /** No call is made whose reply could not be stored. */
  const takesWrites = (): boolean => {
    try {
      parts.tryWrite();
      return true;
    } catch (thrown) {
      logger.error('matching.disk', { error: String(thrown) });
      return false;
    }
  };

  const ask = async (job: Job): Promise<Answer> => {
    if (job.ask.of === 'member') {
      const log = await reader.log(job.ask.customerUid, 'matching');
      return log.ok ? ok({ rows: log.value, cursor: null }) : log;
    }
    const range = job.ranges[job.range];
    if (range === undefined) throw new Error('no part of the log is left');
    return reader.logPage({ ...range, cursor: job.cursor }, 'matching');
  };

  const next = (delayMs: number): void => {
    cancel();
    const mine = current;
    cancel = clock.schedule(delayMs, () => {
      step(mine).catch((thrown: unknown) => {
        logger.error('matching.failed', { error: String(thrown) });
        if (mine === current) next(LATER_MS);
      });
    });
  };

  const step = async (mine: number): Promise<void> => {
    const before = store.load();
    if (before?.state !== 'reading') return;
    const why = whyHeld() ?? (takesWrites() ? null : 'disk');
    hold(why);
    if (why !== null) return next(RECHECK_MS);
    const answer = await ask(before);
    if (mine !== current) return;
    take(before, answer);
  };

  const take = (before: Job, answer: Answer): void => {
    const isCalled = answer.ok || answer.error.kind !== 'not-connected';
    const job = { ...before, calls: before.calls + (isCalled ? 1 : 0) };
    if (answer.ok) {
      const after = afterPage({ ...job, askedAtMs: job.askedAtMs || clock.nowMs() }, answer.value);
      store.save(after, answer.value.rows);
      goOnFrom(after);
      return;
    }
    const { kind, cause } = answer.error;
    if (kind === 'not-connected') {
      hold('network');
      next(RECHECK_MS);
      return;
    }
    // A refusal that pauses no queue is about this call alone: the host may lack it.
    const isOfCall = kind === 'paused' && link.state.pauses.length === 0;
    const isAnswered = kind === 'refused' || kind === 'nothing' || isOfCall;
    const after = afterFailure(
      job,
      isAnswered ? 'refused' : cause === 'unreadable' ? 'unreadable' : 'no-answer',
    );
    notBeforeMs = clock.monotonicMs() + (isAnswered ? 0 : LATER_MS * 2 ** (after.failures - 1));
    store.save(after);
    goOnFrom(after);
  };

  const goOnFrom = (job: Job): void => {
    if (job.state !== 'reading') held = null;
    changed('matching');
    if (job.state === 'reading') next(parts.pauseMs);
    else if (job.state === 'done') parts.onDone(job);
  };

  const look = (): void => {
    if (held !== null && held !== 'disk' && whyHeld() === null) next(0);
  };
  link.onChange(look);

  return {
    goOn: () => {
      current += 1;
      held = null;
      notBeforeMs = 0;
      changed('matching');
      if (store.load()?.state === 'reading') next(0);
    },
    leave: () => {
      current += 1;
      held = null;
      cancel();
    },
    hurry: look,
    held: () => held,
  };
}
