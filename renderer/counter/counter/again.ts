import type { Entry, Till } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { view } from '../../shared/view.ts';
import { topUp } from './form.ts';
import { typedAgain } from './top-up.ts';

async function acknowledge(entry: Entry): Promise<void> {
  view.notice(null);
  const reply = await bridge.entriesAcknowledge({ id: entry.id });
  if (!reply.ok) view.notice(reply.error);
}

/** Somebody has seen the refusal: it is not counted among the alarms any more. */
export const acknowledgeEntry = (entry: Entry): void => void acknowledge(entry);

/** The form is filled anew with what was refused; the member is looked up again, and nothing is confirmed. */
export const enterAgain = (entry: Entry, till: Pick<Till, 'currency' | 'language'>): void => {
  view.show({ kind: 'till' });
  if (entry.needsAcknowledgement) acknowledgeEntry(entry);
  void topUp.enterAgain(entry, typedAgain(entry, till));
};
