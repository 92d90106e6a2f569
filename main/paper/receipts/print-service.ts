import { type AppError, appError, err, type Result } from '../../../preload/contract/index.ts';
import { databaseFailure } from '../../kernel/database/failure.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Together } from '../../kernel/database/together.ts';
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

/** A printer that could not be reached is asked again this soon, as long as somebody may still wait for the paper. */
const AGAIN_MS = 3_000;

/** How long a receipt that nobody pressed for waits for what the host says of its entry. */
const CONFIRM_MS = 3_000;

/** Later than this nobody expects the drawer to open any more. */
export const DRAWER_MS = 5_000;

/** An entry or a report to be printed, read anew for each paper. */
export interface Printable {
  /** By which its papers are counted; null where each one is as good as the first. */
  readonly sequence: number | null;
  /** It is on its way: the host may confirm it within moments. */
  readonly isOnItsWay: boolean;
  /** It may still be given back: that a paper of it went out is told then. */
  readonly isOpen: boolean;
  readonly isGivenBack: boolean;
  readonly receipt: (copy: number) => PaperDocument;
}

export interface PrintServiceParts {
  readonly clock: Clock;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
  readonly settings: Settings;
  readonly together: Together;
  readonly changed: Changed<'receipts'>;
  readonly jobs: PrintJobs;
  readonly papers: Papers;
  /** Null where there is no such entry. */
  readonly printable: (entryId: string) => Printable | null;
}

/** Brings receipts to paper one by one, and remembers over a restart which it has begun. No entry waits for it. */
export interface PrintService {
  start(): void;
  stop(graceMs: number): Promise<void>;
  queue(): PrintQueue;
  problem(): AppError | null;
  /** How often the queue was changed since the start. */
  changes(): number;
  add(entryId: string, isByItself: boolean, sequence?: number): void;
  /** It was to be printed by itself, and nobody stands there for it any more: it is asked about. */
  addMissed(entryId: string, sequence: number): void;
  answer(ids: readonly string[], answer: 'print' | 'leave'): void;
  /** Something happened to an entry: one that waits to be confirmed may be. */
  wake(): void;
  /** Outside the queue, in turn with it. */
  test(receipt: PaperDocument): Promise<PrintEnd>;
  /** A job of its own: now, or within the rest of five seconds, or never. `begin` is called before the drawer may open. */
  kick(begin: () => void, askedMsAgo?: number): Promise<Result<Record<string, never>>>;
}

export function createPrintService(parts: PrintServiceParts): PrintService {
  const { clock, settings, together, jobs, papers, logger } = parts;
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
  /** One connection to the printer at a time: many of them take no more. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
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
    // Once, however often it is tried.
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
      together(() => {
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
        await inTurn(() => (stopped ? Promise.resolve() : print(now)));
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
    test: (receipt) => inTurn(() => jobs.print(receipt, { isTest: true, begin: () => undefined })),
    kick: (begin, askedMsAgo = 0) => {
      const untilMs = clock.monotonicMs() + DRAWER_MS - askedMsAgo;
      const leftMs = () => untilMs - clock.monotonicMs();
      const dropped = err(appError('drawer-dropped'));
      // Whoever asked hears of it in time, also where the printer is busy with something long.
      return Promise.race([
        inTurn(async () => (leftMs() > 0 ? jobs.kick(leftMs(), begin) : dropped)),
        new Promise<typeof dropped>((late) => void clock.schedule(leftMs(), () => late(dropped))),
      ]);
    },
  };
}
