import { type AppError, appError, err, type Result } from '../../../preload/contract/index.ts';
import { databaseFailure } from '../../kernel/database/failure.ts';
import type { RunInTransaction } from '../../kernel/database/run-in-transaction.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import type { Changed } from '../../kernel/room.ts';
import type { PrintEnd } from './network-printer.ts';
import { PaperIsStale, type Papers } from './papers.ts';
import type { PrintJobs } from './print-jobs.ts';
import {
  added,
  afterStart,
  answered,
  begun,
  ended,
  FRESH_MS,
  heardOf,
  heldUp,
  type PrintJob,
  type PrintQueue,
  readQueue,
  withoutLate,
} from './print-queue.ts';
import type { PaperDocument } from './receipt.ts';

const KEY = 'receipts.queue';

/** Retry interval while somebody may still wait for the receipt. */
const AGAIN_MS = 3_000;

/** How long an automatic receipt waits for the host's answer about its entry. */
const CONFIRM_MS = 3_000;

/** After this nobody expects the drawer to open. */
export const DRAWER_MS = 5_000;

/** An entry or a report to print, read again for each print. */
export interface Printable {
  /** The entry whose prints are counted; null where copies are not marked. */
  readonly sequence: number | null;
  /** Being sent: the host may confirm within moments. */
  readonly isOnItsWay: boolean;
  /** Unsettled: its receipt is journaled. */
  readonly isOpen: boolean;
  readonly isGivenBack: boolean;
  readonly receipt: (copy: number) => PaperDocument;
}

export interface PrintServiceParts {
  readonly clock: Clock;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
  readonly settings: Settings;
  readonly runInTransaction: RunInTransaction;
  readonly changed: Changed<'receipts'>;
  readonly jobs: PrintJobs;
  readonly papers: Papers;
  /** Null where there is no such entry. */
  readonly printable: (entryId: string) => Printable | null;
}

/** Prints receipts one by one, and remembers across restarts which were started. No entry waits for it. */
export interface PrintService {
  start(): void;
  stop(graceMs: number): Promise<void>;
  queue(): PrintQueue;
  problem(): AppError | null;
  /** Counts changes of the queue since the start. */
  changes(): number;
  add(entryId: string, isByItself: boolean, sequence?: number): void;
  /** Adds an automatic receipt missed before a restart: it is asked about. */
  addMissed(entryId: string, sequence: number): void;
  answer(ids: readonly string[], answer: 'print' | 'leave'): void;
  /** An entry changed: a waiting job may be ready. */
  wake(): void;
  /** Outside the queue, but serialised with it. */
  test(receipt: PaperDocument): Promise<PrintEnd>;
  /** Opens the drawer now, or within the rest of five seconds, or never. `begin` is called before it may open. */
  kick(begin: () => void, askedMsAgo?: number): Promise<Result<Record<string, never>>>;
}

export function createPrintService(parts: PrintServiceParts): PrintService {
  const { clock, settings, runInTransaction, jobs, papers, logger } = parts;
  let queue = readQueue(settings.get(KEY));
  let changes = 0;
  let problem: AppError | null = null;
  let stopped = false;
  let isRunning = false;
  let againAtMs = 0;
  let forget = (): void => undefined;
  let last: Promise<unknown> = Promise.resolve();

  const keep = (next: PrintQueue) => {
    if (next === queue) return;
    settings.set(KEY, JSON.stringify(next));
    queue = next;
    changes += 1;
    parts.changed('receipts');
  };
  /** One connection at a time: many printers accept no more. */
  const runExclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  const inMs = (delayMs: number) => {
    forget();
    forget = clock.schedule(Math.max(0, delayMs), wake);
  };
  const waitMs = (job: PrintJob): number => {
    if (!job.isByItself) return 0;
    const sinceMs = clock.nowMs() - job.askedAtMs;
    const mayWait = parts.printable(job.entryId)?.isOnItsWay === true && sinceMs >= 0;
    return mayWait ? Math.max(0, CONFIRM_MS - sinceMs) : 0;
  };

  const endOf = (job: PrintJob, end: PrintEnd) => {
    if (stopped) return;
    // Logged once, not per retry.
    if (end.kind !== 'printed' && end.problem.code !== problem?.code)
      logger.warn('receipts.no-paper', { code: end.problem.code });
    if (end.kind === 'not-begun') {
      problem = end.problem;
      againAtMs = clock.monotonicMs() + AGAIN_MS;
      keep(heldUp(queue, job.id, end.problem));
      return;
    }
    problem = end.kind === 'printed' ? null : end.problem;
    keep(ended(queue, job.id, end.kind, problem));
  };

  const print = async (job: PrintJob): Promise<void> => {
    const printable = parts.printable(job.entryId);
    if (printable === null) return keep(ended(queue, job.id, 'failed', appError('entry-not-found')));
    const begin = () => {
      if (stopped) throw new Error('the till closes');
      const { isOpen } = printable;
      const isGivenBack = parts.printable(job.entryId)?.isGivenBack === true;
      runInTransaction(() => {
        if (printable.sequence !== null) papers.add(printable.sequence, { isOpen, isGivenBack });
        keep(begun(queue, job.id));
      });
    };
    try {
      const { sequence } = printable;
      const receipt = printable.receipt(sequence === null ? 0 : papers.of(sequence));
      endOf(job, await jobs.print(receipt, { isTest: false, begin }));
    } catch (thrown) {
      if (stopped) return;
      if (thrown instanceof PaperIsStale) return keep(ended(queue, job.id, 'failed', thrown.appError));
      logger.error('receipts.not-printed', { error: String(thrown) });
      const isBegun = queue.jobs.some(({ id, state }) => id === job.id && state === 'printing');
      keep(
        ended(queue, job.id, isBegun ? 'unknown' : 'failed', databaseFailure(thrown) ?? appError('internal')),
      );
    }
  };

  const next = (): PrintJob | null => {
    keep(withoutLate(queue, clock.nowMs()));
    const waiting = queue.jobs.filter(({ state }) => state === 'waiting');
    const [first] = waiting;
    if (first === undefined) {
      if (problem !== null && !queue.jobs.some(({ state }) => state === 'unknown' || state === 'failed'))
        problem = null;
      return null;
    }
    const heldMs = Math.max(againAtMs - clock.monotonicMs(), 0);
    const ready = waiting.find((job) => waitMs(job) === 0);
    if (heldMs === 0 && ready !== undefined) return ready;
    inMs(Math.min(FRESH_MS, Math.max(heldMs, Math.min(...waiting.map(waitMs)), 1)));
    return null;
  };

  const run = async (): Promise<void> => {
    isRunning = true;
    try {
      for (let job = next(); job !== null && !stopped; job = next()) {
        const now = job;
        await runExclusive(() => (stopped ? Promise.resolve() : print(now)));
      }
    } finally {
      isRunning = false;
    }
  };
  function wake(): void {
    if (stopped || isRunning) return;
    void run().catch((thrown: unknown) => logger.error('receipts.queue-failed', { error: String(thrown) }));
  }

  return {
    start: () => keep(afterStart(queue)),
    stop: async (graceMs) => {
      stopped = true;
      forget();
      await Promise.race([last, new Promise<void>((done) => void clock.schedule(graceMs, done))]);
    },
    queue: () => queue,
    problem: () => problem,
    changes: () => changes,
    add: (entryId, isByItself, sequence = 0) => {
      const job = { id: parts.random.uuid(), entryId, askedAtMs: clock.nowMs(), isByItself };
      keep(heardOf(added(queue, job), sequence));
      if (!isByItself) againAtMs = 0;
      wake();
    },
    addMissed: (entryId, sequence) => {
      const id = parts.random.uuid();
      const asked = added(queue, { id, entryId, askedAtMs: clock.nowMs(), isByItself: true });
      keep(heardOf(ended(asked, id, 'failed', appError('receipt-too-late')), sequence));
    },
    answer: (ids, answer) => {
      keep(answered(queue, new Set(ids), answer, clock.nowMs()));
      againAtMs = 0;
      wake();
    },
    wake,
    test: (receipt) => runExclusive(() => jobs.print(receipt, { isTest: true, begin: () => undefined })),
    kick: (begin, askedMsAgo = 0) => {
      const untilMs = clock.monotonicMs() + DRAWER_MS - askedMsAgo;
      const leftMs = () => untilMs - clock.monotonicMs();
      const dropped = err(appError('drawer-dropped'));
      // Answers in time even while the printer is busy.
      return Promise.race([
        runExclusive(async () => (leftMs() > 0 ? jobs.kick(leftMs(), begin) : dropped)),
        new Promise<typeof dropped>((late) => void clock.schedule(leftMs(), () => late(dropped))),
      ]);
    },
  };
}
