import { useStore } from 'zustand';
import { createViewStore, type ViewState } from './view-store.ts';

export const view = createViewStore();

export const useView = <T>(select: (state: ViewState) => T): T => useStore(view.store, select);
