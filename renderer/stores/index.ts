import { useStore } from 'zustand';
import type { Snapshot, Till } from '../../preload/contract/index.ts';
import { till } from '../bridge.ts';
import { guideFacts } from '../logic/practice-guide.ts';
import { createGuideStore, type GuideState } from './guide-store.ts';
import { createReviewStore, type ReviewState } from './review-store.ts';
import { areSameRows, createSnapshotStore } from './snapshot-store.ts';
import { createTopUpStore, type TopUpState } from './top-up-store.ts';
import { createViewStore, type ViewState } from './view-store.ts';

export const snapshotStore = createSnapshotStore();

export const topUp = createTopUpStore({
  create: till.topUpsCreate,
  find: till.membersFind,
  answer: till.membersAnswer,
  card: till.membersCard,
  newId: () => crypto.randomUUID(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
});

export const view = createViewStore({ search: till.entriesSearch });

// What failed before is left behind by the next thing that is done at the form.
topUp.store.subscribe((state, before) => {
  const isNext = state.memberText !== before.memberText || (state.sending && !before.sending);
  if (isNext && view.store.getState().notice !== null) view.notice(null);
});

// Entries are shown from the snapshot; what is shown of them elsewhere is brought up to date with it.
snapshotStore.subscribe(({ snapshot: now }, { snapshot: before }) => {
  if (now === null || before === null || areSameRows(before.activity, now.activity)) return;
  topUp.keepSaved(before.activity, now.activity);
  void view.searchAgain();
});

export const reviews = createReviewStore({ list: till.reviewList, print: till.reviewPrint });

export const guide = createGuideStore({
  facts: () => guideFacts(snapshotStore.getState().snapshot, topUp.store.getState().member !== null),
});
snapshotStore.subscribe(guide.look);
topUp.store.subscribe(guide.look);

export const useGuide = <T>(select: (state: GuideState) => T): T => useStore(guide.store, select);
export const useReviews = <T>(select: (state: ReviewState) => T): T => useStore(reviews.store, select);
export const useTopUp = <T>(select: (state: TopUpState) => T): T => useStore(topUp.store, select);
export const useView = <T>(select: (state: ViewState) => T): T => useStore(view.store, select);

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
