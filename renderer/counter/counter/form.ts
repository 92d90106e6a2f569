import { useStore } from 'zustand';
import { till } from '../../shared/bridge.ts';
import { isLocked, topics } from '../../shared/topics.ts';
import { holdFocusWhile } from '../../shared/use-focus-home.ts';
import { view } from '../../shared/view.ts';
import type { ReadForm } from './read-form.ts';
import { noRules } from './top-up.ts';
import { createTopUpStore, type TopUpState } from './top-up-store.ts';

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

// What failed before is left behind by the next thing that is done at the form.
topUp.store.subscribe((state, before) => {
  const isNext = state.memberText !== before.memberText || (state.sending && !before.sending);
  if (isNext && view.store.getState().notice !== null) view.notice(null);
});

// The manager is asked on the same screen, while the cashier and the member stand there.
topUp.store.subscribe(({ failure }, before) => {
  const isAsked = failure?.code === 'approval-needed' && before.sending && before.failure !== failure;
  if (isAsked && view.store.getState().dialog === null) view.open({ kind: 'approve' });
});

// What was saved last is shown from the list, and stays as it was last known when it leaves the list.
topics.stores.activity.subscribe((now = [], before = []) => topUp.keepSaved(before, now));

// By what a till allows its sums are read.
topics.stores.till.subscribe((now) => {
  if (now) topUp.setTill(now);
});

topics.stores.rules.subscribe((rules) => topUp.setShop(rules ?? noRules));

holdFocusWhile(() => topUp.store.getState().choices !== null);
holdFocusWhile(isLocked);

/** What the form says, read once for all its parts. */
export const useForm = <T>(select: (read: ReadForm) => T): T =>
  useStore(topUp.store, (state) => select(topUp.read(state)));

export const useTopUp = <T>(select: (state: TopUpState) => T): T => useStore(topUp.store, select);
