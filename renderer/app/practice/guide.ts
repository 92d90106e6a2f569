import { useStore } from 'zustand';
import { topUp } from '../../counter/counter/index.ts';
import type { Phrase } from '../../kit/phrase.ts';
import { topics, useTopic } from '../../shared/topics.ts';
import { guideFacts, guideSteps } from './guide-steps.ts';
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

const useGuide = <T>(select: (state: GuideState) => T): T => useStore(guide.store, select);

/** The step that is next, from 1; null as the step when all are done. */
export interface GuideStand {
  /** The step has the plug out on purpose. */
  readonly isUnplugged: boolean;
  readonly step: { readonly number: number; readonly count: number; readonly words: Phrase } | null;
}

/** The step that is next, in words; null while the guide is put away. */
export function useGuideStand(): GuideStand | null {
  const progress = useGuide((state) => (state.isOpen ? state.progress : null));
  const sample = useTopic('practice', (practice) => practice?.samples[0]);
  if (progress === null) return null;
  const step = guideSteps[progress.done];
  if (step === undefined) return { step: null, isUnplugged: false };
  const isUnplugged = step === 'unplug' || step === 'plug';
  const place = { number: progress.done + 1, count: guideSteps.length };
  if (step !== 'member') return { step: { ...place, words: { key: `guide.steps.${step}` } }, isUnplugged };
  if (sample === undefined)
    return { step: { ...place, words: { key: 'guide.steps.memberTyped' } }, isUnplugged };
  const { name, number } = sample;
  return { step: { ...place, words: { key: 'guide.steps.member', values: { name, number } } }, isUnplugged };
}
