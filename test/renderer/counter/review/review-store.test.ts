import { describe, expect, it, vi } from 'vitest';
import { err, errorCodes, ok, type Result, type ShownCase } from '../../../../preload/contract/index.ts';
import { createReviewStore, isOutdated } from '../../../../renderer/counter/review/review-store.ts';
import { caseOf, entryOf } from '../../support/samples.ts';

type Listed = Result<{ cases: ShownCase[] }>;

/** A till that answers when told to. */
function remote() {
  const lists: ((reply: Listed) => void)[] = [];
  const reads: ((reply: Result<ShownCase>) => void)[] = [];
  const reviews = createReviewStore({
    read: () => new Promise((resolve) => reads.push(resolve)),
    list: () => new Promise<Listed>((resolve) => lists.push(resolve)),
  });
  return { reviews, lists, reads, state: reviews.store.getState };
}

const listed = (...cases: ShownCase[]): Listed => ok({ cases });
const other = caseOf({ entry: entryOf({ id: 'e2', reference: '0032' }) });

describe('the review store', () => {
  it('drops an answer to an earlier reading', async () => {
    const { reviews, lists, state } = remote();
    const first = reviews.load();
    const second = reviews.load();
    lists[1]?.(listed(other));
    await second;
    lists[0]?.(listed(caseOf()));
    await first;
    expect(state().list?.cases).toEqual([other]);
  });

  it('keeps what it shows when a reading fails, and says why', async () => {
    const { reviews, lists, state } = remote();
    const first = reviews.load();
    lists[0]?.(listed(other));
    await first;
    const second = reviews.load();
    lists[1]?.(err({ code: 'database-failed' }));
    await second;
    expect(state()).toMatchObject({ list: { cases: [other] }, failure: { code: 'database-failed' } });
  });

  it('reads anew after an answer, and the outcome stays beside the new list', async () => {
    const { reviews, lists, state } = remote();
    const outcome = { kind: 'undone', reference: '0031', error: { code: 'evidence-changed' } } as const;
    const finished = reviews.finish(outcome);
    expect(lists).toHaveLength(1);
    lists[0]?.(listed(other));
    await finished;
    expect(state()).toMatchObject({ list: { cases: [other] }, outcome });
  });

  it('shows nothing of an earlier visit', () => {
    const { reviews, state } = remote();
    void reviews.finish({ kind: 'done', phrase: { key: 'review.done.arrived' } });
    void reviews.open();
    expect(state()).toEqual({ list: null, failure: null, outcome: null, reads: new Map() });
  });

  it('has KYBIO read as a case is opened, where it was not read lately', async () => {
    const { reviews, lists, reads, state } = remote();
    const unread = { ...other, reading: null };
    const loaded = reviews.load();
    lists[0]?.(listed(caseOf(), unread));
    await loaded;
    await reviews.readOnce(caseOf().entry.id);
    expect(reads).toHaveLength(0);
    const read = reviews.readOnce('e2');
    void reviews.read('e2');
    expect(reads).toHaveLength(1);
    expect(state().reads.get('e2')).toBe('reading');
    reads[0]?.(ok(other));
    await read;
    expect(state().list?.cases).toEqual([caseOf(), other]);
    expect(state().reads.size).toBe(0);
  });

  it('names the time from which main reads, and asks main again when the person does', async () => {
    vi.useFakeTimers();
    const { reviews, reads, state } = remote();
    const early = reviews.read('e2');
    reads[0]?.(err({ code: 'may-still-arrive', details: { seconds: '126' } }));
    await early;
    expect(state().reads.get('e2')).toEqual({ untilMs: Date.now() + 126_000 });
    vi.useRealTimers();
    void reviews.read('e2');
    expect(reads).toHaveLength(2);
    expect(state().reads.get('e2')).toBe('reading');
  });

  it('says why it could not be read', async () => {
    const { reviews, reads, state } = remote();
    const read = reviews.read('e2');
    reads[0]?.(err({ code: 'host-unreachable' }));
    await read;
    expect(state().reads.get('e2')).toEqual({ code: 'host-unreachable' });
  });

  it('reads anew after answers to what is no longer so, not after a wrong PIN', () => {
    expect(errorCodes.filter((code) => isOutdated({ code }))).toEqual([
      'entry-not-found',
      'entry-changed',
      'entry-not-vouched',
      'evidence-changed',
      'reading-needed',
    ]);
  });
});
