import { createHash } from 'node:crypto';
import type { MatchWhy } from '../../../preload/contract/index.ts';
import type { HostLogRow, Page } from '../../hosts/port/index.ts';
import { beginning, type Job } from './job.ts';

/** More pages than the calls of a day are never read to their end. */
export const MOST_PAGES = 400;

/** Calls spent on an error that may pass. */
export const MOST_FAILURES = 5;

const markOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

const failed = (job: Job, why: MatchWhy): Job => ({ ...job, state: 'failed', why });

/** The job after another page of the log. */
export function afterPage(job: Job, { rows, cursor }: Page<HostLogRow>): Job {
  const read: Job = { ...job, failures: 0, why: null, pages: job.pages + 1, rows: job.rows + rows.length };
  const mark = markOf(JSON.stringify(rows));
  // Otherwise the same rows would count twice, or reading never end.
  if (rows.length > 0 && job.pageMarks.includes(mark)) return failed(read, 'same-page');
  if (cursor === null) {
    const range = job.range + 1;
    const next = { ...read, range, cursor: null, cursorMarks: [], pageMarks: [] };
    return range < job.ranges.length ? next : { ...next, state: 'done' };
  }
  const cursorMark = markOf(cursor);
  if (job.cursorMarks.includes(cursorMark)) return failed(read, 'looping');
  if (read.pages >= MOST_PAGES) return failed(read, 'too-long');
  return {
    ...read,
    cursor,
    cursorMarks: [...job.cursorMarks, cursorMark],
    pageMarks: [...job.pageMarks, mark],
  };
}

/**
 * The job after a failed read. `refused`: a cursor of days ago may have expired, so reading starts over once.
 * `unreadable`: the reply could not be parsed.
 */
export function afterFailure(job: Job, kind: 'refused' | 'unreadable' | 'no-answer'): Job {
  const failures = job.failures + 1;
  if (kind === 'refused') {
    if (job.cursor === null || job.begunAnew) return failed({ ...job, failures }, 'refused');
    return { ...job, failures, begunAnew: true, ...beginning };
  }
  if (failures < MOST_FAILURES) return { ...job, failures, why: 'no-answer' };
  if (kind === 'unreadable') return failed({ ...job, failures }, 'unreadable');
  // Nobody knows when it will answer again: a person resumes it.
  return { ...job, failures: 0, state: 'stopped', why: 'no-answer' };
}
