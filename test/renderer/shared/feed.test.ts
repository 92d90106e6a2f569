import { describe, expect, it } from 'vitest';
import {
  type AppError,
  type Changes,
  err,
  ok,
  type Result,
  type Snapshot,
} from '../../../preload/contract/index.ts';
import { feedTopics } from '../../../renderer/shared/feed.ts';
import { snapshotOf } from '../support/samples.ts';

const push = (number: number): Changes => ({ number, topics: {}, rows: { put: [], gone: [] } });

/** A page over a main that answers as the test says, one answer after the other. */
function page(...answers: Result<Snapshot>[]) {
  const listeners = new Set<(changes: Changes) => void>();
  const shown: number[] = [];
  const failures: (AppError | null)[] = [];
  const timers: (() => void)[] = [];
  let asked = 0;
  const stop = feedTopics({
    onChanges: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    appSnapshot: async () => answers[asked++] ?? err({ code: 'internal' }),
    take: ({ revision }) => void shown.push(revision),
    apply: ({ number }) => void shown.push(number),
    onFailure: (failure) => void failures.push(failure),
    after: (_, action) => {
      timers.push(action);
      return () => void timers.splice(timers.indexOf(action), 1);
    },
  });
  return {
    ...{ shown, failures, timers, stop },
    asked: () => asked,
    push: (number: number) => {
      for (const listener of listeners) listener(push(number));
    },
    settled: async () => {
      for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
    },
  };
}

const snapshot = (revision: number) => ok(snapshotOf({ revision }));

describe('what keeps the topics', () => {
  it('listens before it asks: what comes meanwhile is shown after the snapshot, and what is in it is not', async () => {
    const { push: hear, shown, settled } = page(snapshot(4));
    hear(5);
    hear(4);
    hear(6);
    await settled();
    expect(shown).toEqual([4, 5, 6]);
  });

  it('asks again where a push is missing, and says why where there is no true snapshot', async () => {
    const failed = err({ code: 'internal' } as const);
    const { push: hear, shown, failures, timers, asked, settled } = page(snapshot(1), failed, snapshot(4));
    await settled();
    hear(3);
    await settled();
    expect(failures).toEqual([null, { code: 'internal' }]);
    expect(shown).toEqual([1]);
    for (const again of timers.splice(0)) again();
    await settled();
    expect(shown).toEqual([1, 4]);
    expect(failures.at(-1)).toBeNull();
    hear(5);
    expect(shown).toEqual([1, 4, 5]);
    expect(asked()).toBe(3);
  });

  it('is told of a failure at the start too, and asks at once when a push comes', async () => {
    const { push: hear, shown, failures, timers, settled } = page(err({ code: 'internal' }), snapshot(2));
    await settled();
    expect(failures).toEqual([{ code: 'internal' }]);
    hear(2);
    await settled();
    expect(shown).toEqual([2]);
    expect(timers).toEqual([]);
  });

  it('hears nothing and asks for nothing once it is stopped', async () => {
    const { push: hear, shown, stop, settled } = page(snapshot(1), snapshot(9));
    stop();
    await settled();
    hear(2);
    await settled();
    expect(shown).toEqual([]);
  });
});
