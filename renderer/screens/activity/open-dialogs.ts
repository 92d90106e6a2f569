import type { Entry } from '../../../preload/contract/index.ts';
import { snapshotStore, view } from '../../stores/index.ts';
import type { Dialog } from '../../stores/view-store.ts';

/** Opens what a manager's PIN guards; where there is none yet, that is made first. */
export function openGuarded(dialog: Dialog): void {
  const isPinSet = snapshotStore.getState().snapshot?.managerPinSet ?? false;
  view.open(isPinSet ? dialog : { kind: 'make-pin', next: dialog });
}

/** The request id is made with the dialog: a press that repeats makes one reversal. */
export const openReverse = (entry: Entry): void =>
  openGuarded({ kind: 'reverse', entry, requestId: crypto.randomUUID() });

/** The key of the same account; a manager's PIN where one is set, so none has to be made first. */
export const openReplaceKey = (): void => view.open({ kind: 'replace-key' });

/** At one entry, or at the first. */
export const openReview = (entryId: string | null): void => view.show({ kind: 'review', entryId });

/** Entries are taken again after the longest time without sending. */
export const openContinue = (): void => openGuarded({ kind: 'continue-offline' });
