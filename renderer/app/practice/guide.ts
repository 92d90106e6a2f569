import { useStore } from 'zustand';
import { topUp } from '../../counter/counter/index.ts';
import { topics } from '../../shared/topics.ts';
import { guideFacts } from './guide-steps.ts';
import { createGuideStore, type GuideState } from './guide-store.ts';

export const guide = createGuideStore({
  facts: () => {
    const [counts, practice] = [topics.now('counts'), topics.now('practice')];
    if (counts === undefined || practice === undefined) return null;
    return guideFacts({ counts, practice }, topUp.store.getState().member !== null);
  },
});
topics.onSettled(guide.look);
topUp.store.subscribe(guide.look);

export const useGuide = <T>(select: (state: GuideState) => T): T => useStore(guide.store, select);
