import { useStore } from 'zustand';
import { till } from './bridge.ts';
import { snapshotStore } from './snapshot.ts';
import { areSameRows } from './snapshot-store.ts';
import { createViewStore, type ViewState } from './view-store.ts';

export const view = createViewStore({ search: till.entriesSearch });

// What was found are copies of entries: when one has changed, they are found anew.
snapshotStore.subscribe(({ snapshot: now }, { snapshot: before }) => {
  if (now === null || before === null || areSameRows(before.activity, now.activity)) return;
  void view.searchAgain();
});

export const useView = <T>(select: (state: ViewState) => T): T => useStore(view.store, select);
