import { z } from 'zod';
import {
  type AppError,
  appError,
  appErrorSchema,
  printStateSchema,
} from '../../../preload/contract/index.ts';

const jobSchema = z.object({
  id: z.string(),
  entryId: z.string(),
  state: printStateSchema,
  askedAtMs: z.number(),
  /** Automatic: it may wait a moment for the host's confirmation. */
  isByItself: z.boolean(),
  problem: appErrorSchema.nullable(),
});
export type PrintJob = z.infer<typeof jobSchema>;

const queueSchema = z.object({
  version: z.literal(1),
  jobs: z.array(jobSchema),
  /** The newest entry checked for automatic printing. */
  heard: z.number(),
});

/** Pending prints, oldest first, and the last results. */
export type PrintQueue = z.infer<typeof queueSchema>;

export const emptyQueue: PrintQueue = { version: 1, jobs: [], heard: 0 };

/** Jobs kept at most, with the last printed ones. */
const MOST_JOBS = 100;
const MOST_PRINTED = 10;

/** The member has gone by then: older jobs print only on request. */
export const FRESH_MS = 60_000;

/** Parses the stored queue; unreadable counts as empty, since entries can be printed again. */
export function readQueue(text: string | null): PrintQueue {
  if (text === null) return emptyQueue;
  try {
    const read = queueSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : emptyQueue;
  } catch {
    return emptyQueue;
  }
}

export const isUnsettled = ({ state }: PrintJob): boolean => state === 'failed' || state === 'unknown';

export const isOut = ({ state }: PrintJob): boolean => state === 'printed';

/** Drops printed jobs first, then the oldest unanswered ones. */
function bounded(queue: PrintQueue): PrintQueue {
  const printed = queue.jobs.filter(isOut);
  const forgotten = new Set(printed.slice(0, Math.max(0, printed.length - MOST_PRINTED)));
  const kept = queue.jobs.filter((job) => !forgotten.has(job));
  const tooMany = new Set(kept.filter(isUnsettled).slice(0, Math.max(0, kept.length - MOST_JOBS)));
  return { ...queue, jobs: kept.filter((job) => !tooMany.has(job)).slice(-MOST_JOBS) };
}

const withJob = (queue: PrintQueue, id: string, change: Partial<PrintJob>): PrintQueue => ({
  ...queue,
  jobs: queue.jobs.map((job) => (job.id === id ? { ...job, ...change } : job)),
});

/** Adds a job unless one of the same entry is waiting or printing. */
export function added(
  queue: PrintQueue,
  job: Pick<PrintJob, 'id' | 'entryId' | 'askedAtMs' | 'isByItself'>,
): PrintQueue {
  const isAsked = ({ entryId, state }: PrintJob) =>
    entryId === job.entryId && (state === 'waiting' || state === 'printing');
  if (queue.jobs.some(isAsked)) return queue;
  return bounded({ ...queue, jobs: [...queue.jobs, { ...job, state: 'waiting', problem: null }] });
}

export const heardOf = (queue: PrintQueue, heard: number): PrintQueue =>
  heard > queue.heard ? { ...queue, heard } : queue;

/** It may come out from here on; stored before its first byte is sent. */
export const begun = (queue: PrintQueue, id: string): PrintQueue =>
  withJob(queue, id, { state: 'printing', problem: null });

/** Nothing was sent: it keeps waiting. */
export const heldUp = (queue: PrintQueue, id: string, problem: AppError): PrintQueue =>
  withJob(queue, id, { problem });

export const ended = (
  queue: PrintQueue,
  id: string,
  state: 'printed' | 'failed' | 'unknown',
  problem: AppError | null,
): PrintQueue => bounded(withJob(queue, id, { state, problem }));

const isLate = (job: PrintJob, nowMs: number): boolean => Math.abs(nowMs - job.askedAtMs) > FRESH_MS;

/** Jobs that waited too long are not printed automatically: after an outage there is one question, not thirty receipts. */
export function withoutLate(queue: PrintQueue, nowMs: number): PrintQueue {
  if (!queue.jobs.some((job) => job.state === 'waiting' && isLate(job, nowMs))) return queue;
  const jobs = queue.jobs.map(
    (job): PrintJob =>
      job.state === 'waiting' && isLate(job, nowMs)
        ? { ...job, state: 'failed', problem: job.problem ?? appError('receipt-too-late') }
        : job,
  );
  return bounded({ ...queue, jobs });
}

/** After a start: a job being printed may have come out, and for waiting ones nobody is there any more. */
export function afterStart(queue: PrintQueue): PrintQueue {
  const jobs = queue.jobs.map((job): PrintJob => {
    if (job.state === 'printing') return { ...job, state: 'unknown', problem: appError('printer-cut-off') };
    if (job.state === 'waiting')
      return { ...job, state: 'failed', problem: job.problem ?? appError('receipt-too-late') };
    return job;
  });
  return { ...queue, jobs };
}

/** Applies a person's answer about uncertain receipts. */
export function answered(
  queue: PrintQueue,
  ids: ReadonlySet<string>,
  answer: 'print' | 'leave',
  nowMs: number,
): PrintQueue {
  const isMeant = (job: PrintJob) => ids.has(job.id) && isUnsettled(job);
  if (answer === 'leave') return { ...queue, jobs: queue.jobs.filter((job) => !isMeant(job)) };
  const again = { state: 'waiting', problem: null, askedAtMs: nowMs, isByItself: false } as const;
  return { ...queue, jobs: queue.jobs.map((job) => (isMeant(job) ? { ...job, ...again } : job)) };
}
