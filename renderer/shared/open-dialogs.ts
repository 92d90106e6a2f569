import type { Entry } from '../../preload/contract/index.ts';
import { topics } from './topics.ts';
import { view } from './view.ts';
import type { Dialog } from './view-store.ts';

/** Asks for a new PIN; continues with `next` afterwards. */
export const openMakePin = (next: Dialog | null): void => view.open({ kind: 'make-pin', next });

/**
 * Opens a dialog that needs the manager PIN. Without one, a live till says who makes it and does not let just anyone
 * do so; the practice store guards nothing.
 */
export function openGuarded(dialog: Dialog): void {
  if (topics.now('managerPinSet')) view.open(dialog);
  else if (topics.now('mode') === 'practice') openMakePin(dialog);
  else view.open({ kind: 'no-pin', next: dialog });
}

/** Asks before cancelling. */
export const openCancel = (entry: Entry): void => view.open({ kind: 'cancel', entry });

/** The request id is made with the dialog: a press that repeats makes one reversal. */
export const openReverse = (entry: Entry): void =>
  openGuarded({ kind: 'reverse', entry, requestId: crypto.randomUUID() });

/** The request id is made with the dialog, as above. */
export const openTender = (entry: Entry, ways: readonly string[]): void =>
  view.open({ kind: 'tender', entry, ways, requestId: crypto.randomUUID() });

/** The key of the same account; a manager's PIN where one is set, so none has to be made first. */
export const openReplaceKey = (): void => view.open({ kind: 'replace-key' });

/** Which of how many tills this one is. */
export const openTillNumber = (): void => openGuarded({ kind: 'till-number' });

/** Any entry of any day. */
export const openFind = (): void => view.show({ kind: 'find', member: null });

/** The open shift, or how one is opened. */
export const openDay = (): void => view.show({ kind: 'day', part: { kind: 'shift' } });

/** At one entry, or at the first. */
export const openReview = (entryId: string | null): void => view.show({ kind: 'review', entryId });

/** Entries are taken again after the longest time without sending. */
export const openContinue = (): void => openGuarded({ kind: 'continue-offline' });
