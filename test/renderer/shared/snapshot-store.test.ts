import { describe, expect, it } from 'vitest';
import type { Result, Snapshot } from '../../../preload/contract/index.ts';
import { createSnapshotStore, feedSnapshots, shareEntries } from '../../../renderer/shared/snapshot-store.ts';
import { entryOf, snapshotOf } from '../support/samples.ts';

function source(first: Result<Snapshot>) {
  const listeners = new Set<(snapshot: Snapshot) => void>();
  return {
    push: (snapshot: Snapshot) => {
      for (const listener of listeners) listener(snapshot);
    },
    onSnapshot: (listener: (snapshot: Snapshot) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    appSnapshot: async () => first,
  };
}

describe('snapshots', () => {
  it('an older one that comes later changes nothing', async () => {
    const store = createSnapshotStore();
    const main = source({ ok: true, value: snapshotOf({ revision: 4 }) });
    feedSnapshots(store, main);
    main.push(snapshotOf({ revision: 7 }));
    await Promise.resolve();
    main.push(snapshotOf({ revision: 6 }));
    expect(store.getState().snapshot?.revision).toBe(7);
  });

  it('a failure is told only while there is none, and ends with the first one', async () => {
    const store = createSnapshotStore();
    const main = source({ ok: false, error: { code: 'internal' } });
    feedSnapshots(store, main);
    await Promise.resolve();
    expect(store.getState().failure).toEqual({ code: 'internal' });
    main.push(snapshotOf());
    expect(store.getState()).toMatchObject({ failure: null, snapshot: { revision: 1 } });
  });

  it('stops hearing when asked to', () => {
    const store = createSnapshotStore();
    const main = source({ ok: true, value: snapshotOf() });
    const stop = feedSnapshots(store, main);
    main.push(snapshotOf({ revision: 2 }));
    stop();
    main.push(snapshotOf({ revision: 3 }));
    expect(store.getState().snapshot?.revision).toBe(2);
  });

  it('rows that did not change stay the same objects', () => {
    const before = snapshotOf({ activity: [entryOf(), entryOf({ id: 'e2' })] });
    const after = shareEntries(
      before,
      snapshotOf({ activity: [entryOf({ state: 'confirmed' }), entryOf({ id: 'e2' })] }),
    );
    expect(after.activity[0]).not.toBe(before.activity[0]);
    expect(after.activity[1]).toBe(before.activity[1]);
  });
});
