import { createStore } from 'zustand/vanilla';
import type { AppError, Result, Snapshot } from '../../preload/contract/index.ts';

export interface SnapshotState {
  readonly snapshot: Snapshot | null;
  /** Why there is none. */
  readonly failure: AppError | null;
}

/** Snapshots may overtake each other (a reply and a push): the newer one stays. */
export const newer = (current: Snapshot | null, next: Snapshot): Snapshot =>
  current !== null && next.revision < current.revision ? current : next;

/** Rows that did not change stay the same objects, so that the list draws only what did. */
export function shareEntries(current: Snapshot | null, next: Snapshot): Snapshot {
  if (current === null) return next;
  const known = new Map(current.activity.map((entry) => [entry.id, entry]));
  const activity = next.activity.map((entry) => {
    const before = known.get(entry.id);
    return before !== undefined && JSON.stringify(before) === JSON.stringify(entry) ? before : entry;
  });
  return { ...next, activity };
}

/** Whether nothing happened to any row, by the objects that `shareEntries` keeps. */
export const areSameRows = (before: Snapshot['activity'], now: Snapshot['activity']): boolean =>
  before.length === now.length && before.every((entry, index) => entry === now[index]);

export const createSnapshotStore = () =>
  createStore<SnapshotState>(() => ({ snapshot: null, failure: null }));
export type SnapshotStore = ReturnType<typeof createSnapshotStore>;

interface SnapshotSource {
  readonly onSnapshot: (listener: (snapshot: Snapshot) => void) => () => void;
  readonly appSnapshot: (args: Record<string, never>) => Promise<Result<Snapshot>>;
}

/** Listens first and asks then, so that no change falls between the two. */
export function feedSnapshots(store: SnapshotStore, source: SnapshotSource): () => void {
  const take = (next: Snapshot) =>
    store.setState((state) => ({
      snapshot: newer(state.snapshot, shareEntries(state.snapshot, next)),
      failure: null,
    }));
  const stop = source.onSnapshot(take);
  void source.appSnapshot({}).then((reply) => {
    if (reply.ok) take(reply.value);
    else if (store.getState().snapshot === null) store.setState({ failure: reply.error });
  });
  return stop;
}
