import { useStore } from 'zustand';
import { snapshotStore } from '../../shared/snapshot.ts';
import { topUp } from '../counter/index.ts';
import { guideFacts } from './guide-steps.ts';
import { createGuideStore, type GuideState } from './guide-store.ts';

export const guide = createGuideStore({
  facts: () => guideFacts(snapshotStore.getState().snapshot, topUp.store.getState().member !== null),
});
snapshotStore.subscribe(guide.look);
topUp.store.subscribe(guide.look);

export const useGuide = <T>(select: (state: GuideState) => T): T => useStore(guide.store, select);
