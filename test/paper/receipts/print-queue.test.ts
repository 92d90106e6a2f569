import { describe, expect, it } from 'vitest';
import {
  added,
  afterStart,
  answered,
  begun,
  emptyQueue,
  ended,
  FRESH_MS,
  heldUp,
  type PrintQueue,
  readQueue,
  withoutLate,
} from '../../../main/paper/receipts/print-queue.ts';
import { appError } from '../../../preload/contract/index.ts';

const job = (id: string, askedAtMs = 0) => ({ id, entryId: `entry ${id}`, askedAtMs, isByItself: true });
const states = ({ jobs }: PrintQueue) => jobs.map(({ id, state }) => `${id} ${state}`);

describe('the queue of papers', () => {
  it('makes one paper of two presses, until it is printed', () => {
    const once = added(added(emptyQueue, job('a')), { ...job('b'), entryId: 'entry a' });
    expect(states(once)).toEqual(['a waiting']);
    const printed = ended(begun(once, 'a'), 'a', 'printed', null);
    expect(states(added(printed, { ...job('b'), entryId: 'entry a' }))).toEqual(['a printed', 'b waiting']);
  });

  it('prints nothing by itself that waited for longer than a minute: it asks', () => {
    const off = appError('printer-unreachable');
    const waited = heldUp(added(added(emptyQueue, job('a')), job('b', 50_000)), 'a', off);
    const later = withoutLate(waited, FRESH_MS + 1);
    expect(states(later)).toEqual(['a failed', 'b waiting']);
    expect(later.jobs[0]?.problem).toEqual(off);
    expect(states(withoutLate(waited, -FRESH_MS - 1))).toEqual(['a failed', 'b failed']);
  });

  it('asks after a start whether what was being printed came out, and prints nothing', () => {
    const before = begun(added(added(emptyQueue, job('a')), job('b')), 'a');
    const after = afterStart(readQueue(JSON.stringify(before)));
    expect(states(after)).toEqual(['a unknown', 'b failed']);
    expect(after.jobs.map(({ problem }) => problem?.code)).toEqual(['printer-cut-off', 'receipt-too-late']);
  });

  it('does with what it asked about as it is told, and with nothing else', () => {
    const asked = afterStart(begun(added(added(added(emptyQueue, job('a')), job('b')), job('c')), 'a'));
    const all = new Set(['a', 'b']);
    expect(states(answered(asked, all, 'leave', 1))).toEqual(['c failed']);
    const again = answered(asked, all, 'print', 5);
    expect(states(again)).toEqual(['a waiting', 'b waiting', 'c failed']);
    expect(again.jobs[0]?.askedAtMs).toBe(5);
    expect(answered(begun(again, 'a'), new Set(['a']), 'leave', 6).jobs).toHaveLength(3);
  });

  it('stays small, and forgets what was printed first', () => {
    let queue = emptyQueue;
    for (let at = 0; at < 40; at++)
      queue = ended(begun(added(queue, job(`p${at}`)), `p${at}`), `p${at}`, 'printed', null);
    expect(queue.jobs).toHaveLength(10);
    for (let at = 0; at < 200; at++) queue = ended(added(queue, job(`f${at}`)), `f${at}`, 'failed', null);
    expect(queue.jobs.length).toBeLessThanOrEqual(101);
    expect(queue.jobs.at(-1)?.id).toBe('f199');
  });

  it.each([null, '', '{', '{"version":2}', '[]'])('begins anew where what is kept is %j', (text) => {
    expect(readQueue(text)).toEqual(emptyQueue);
  });
});
