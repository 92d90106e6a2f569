import { useStore } from 'zustand';
import type { Snapshot, Till } from '../../preload/contract/index.ts';
import { createSnapshotStore } from './snapshot-store.ts';

export const snapshotStore = createSnapshotStore();

/** Only below a screen that is shown while there is a snapshot. */
export function useSnapshot<T>(select: (snapshot: Snapshot) => T): T {
  return useStore(snapshotStore, ({ snapshot }) => {
    if (snapshot === null) throw new Error('a screen without a snapshot');
    return select(snapshot);
  });
}

/** Only below a screen that is shown while the till is set up. */
export const useTill = (): Till =>
  useSnapshot(({ till: current }) => {
    if (current === null) throw new Error('a till screen without a till');
    return current;
  });
