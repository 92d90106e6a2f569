import { createHash } from 'node:crypto';
import type { MatchWhy } from '../../../preload/contract/index.ts';
import type { HostLogRow, Page } from '../../hosts/port/index.ts';
import type { Job } from './job.ts';

/** A log of more pages than a day's calls has never been read to its end. */
export const MOST_PAGES = 400;

/** Of an error that may pass; what is never answered otherwise costs no more calls than these. */
export const MOST_FAILURES = 5;

const markOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

const failed = (job: Job, why: MatchWhy): Job => ({ ...job, state: 'failed', why });

/** Where the reading of the log stands after another page of it. Pure. */
export function afterPage(job: Job, { rows, cursor }: Page<HostLogRow>): Job {
  const read: Job = { ...job, failures: 0, why: null, pages: job.pages + 1, rows: job.rows + rows.length };
  const mark = markOf(JSON.stringify(rows));
  // To go on would count the same rows again, or never end.
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
 * After an answer that was none. `refused`: KYBIO does not give this page; a cursor of days ago may have run out, so the
 * part is read from its beginning once. `unreadable`: what came cannot be made out.
 */
export function afterFailure(job: Job, kind: 'refused' | 'unreadable' | 'no-answer'): Job {
  const failures = job.failures + 1;
  if (kind === 'refused') {
    if (job.cursor === null || job.begunAnew) return failed({ ...job, failures }, 'refused');
    return { ...job, failures, begunAnew: true, ...beginning };
  }
  if (failures < MOST_FAILURES) return { ...job, failures, why: 'no-answer' };
  if (kind === 'unreadable') return failed({ ...job, failures }, 'unreadable');
  // Nobody knows when it will answer again: a person says when to go on.
  return { ...job, failures: 0, state: 'stopped', why: 'no-answer' };
}

/** All that was read is read again. */
const beginning = {
  range: 0,
  cursor: null,
  cursorMarks: [],
  pageMarks: [],
  pages: 0,
  rows: 0,
} satisfies Partial<Job>;
