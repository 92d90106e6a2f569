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

// The next act at the form dismisses an older notice.
topUp.store.subscribe((state, before) => {
  const isNext = state.memberText !== before.memberText || (state.sending && !before.sending);
  if (isNext && view.store.getState().notice !== null) view.notice(null);
});

// The approval is asked for on the same screen.
topUp.store.subscribe(({ failure }, before) => {
  const isAsked = failure?.code === 'approval-needed' && before.sending && before.failure !== failure;
  if (isAsked && view.store.getState().dialog === null) view.open({ kind: 'approve' });
});

// The last saved entry is shown from the list; when it leaves the list, its last state stays.
topics.stores.activity.subscribe((now = [], before = []) => topUp.keepSaved(before, now));

// The till's limits apply to reading the sums.
topics.stores.till.subscribe((now) => {
  if (now) topUp.setTill(now);
});

topics.stores.rules.subscribe((rules) => topUp.setShop(rules ?? noRules));

holdFocusWhile(() => topUp.store.getState().choices !== null);
holdFocusWhile(isLocked);

/** Enter in a field, and the button. */
export const confirmForm = (): void => void topUp.confirm();

/** The form as read, once for all its parts. */
export const useForm = <T>(select: (read: ReadForm) => T): T =>
  useStore(topUp.store, (state) => select(topUp.read(state)));

export const useTopUp = <T>(select: (state: TopUpState) => T): T => useStore(topUp.store, select);
