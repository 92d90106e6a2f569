import { useStore } from 'zustand';
import { till } from './bridge.ts';
import { topics } from './topics.ts';
import { createViewStore, type ViewState } from './view-store.ts';

export const view = createViewStore({ search: till.entriesSearch });

// What was found are copies of entries: when one has changed, they are found anew.
topics.stores.activity.subscribe(() => void view.searchAgain());

export const useView = <T>(select: (state: ViewState) => T): T => useStore(view.store, select);
