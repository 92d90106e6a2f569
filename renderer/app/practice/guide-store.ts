import { createStore } from 'zustand/vanilla';
import { beginGuide, type GuideFacts, type GuideProgress, guideAfter } from './guide-steps.ts';

export interface GuideState {
  /** Null until the practice store was seen. */
  readonly progress: GuideProgress | null;
  readonly isOpen: boolean;
}

/** `facts` returns null where the practice store is not open. */
export function createGuideStore({ facts }: { readonly facts: () => GuideFacts | null }) {
  const store = createStore<GuideState>(() => ({ progress: null, isOpen: false }));
  const { getState, setState } = store;
  const begin = (now: GuideFacts, isOpen: boolean) =>
    setState({ progress: guideAfter(beginGuide(now), now), isOpen });
  return {
    store,
    /** Call it after each change. The guide opens by itself only in an unused store. */
    look: () => {
      const now = facts();
      const { progress, isOpen } = getState();
      // The practice store was left.
      if (now === null) setState({ progress: null, isOpen: false });
      else if (progress === null) begin(now, now.entries === 0);
      else if (isOpen) setState({ progress: guideAfter(progress, now) });
    },
    putAway: () => setState({ isOpen: false }),
    /** Starts over; earlier entries do not count. */
    bringBack: () => {
      const now = facts();
      if (now !== null) begin(now, true);
    },
  };
}
