import type { Entry, Till } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { topics } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { topUp } from './form.ts';
import { typedAgain } from './top-up.ts';

async function acknowledge(entry: Entry): Promise<void> {
  view.notice(null);
  const reply = await bridge.entriesAcknowledge({ id: entry.id });
  if (!reply.ok) view.notice(reply.error);
}

/** A refusal was seen: it no longer raises an alarm. */
export const acknowledgeEntry = (entry: Entry): void => void acknowledge(entry);

/** Fills the form with a refused entry and looks up the member; nothing is confirmed. */
export const enterAgain = (entry: Entry, till: Pick<Till, 'currency' | 'language'>): void => {
  view.show({ kind: 'till' });
  if (entry.needsAcknowledgement) acknowledgeEntry(entry);
  void topUp.enterAgain(entry, typedAgain(entry, till));
};

/** The details of the entry that a refused one became. */
async function findAgain(id: string): Promise<void> {
  const known = topics.now('activity')?.find((entry) => entry.id === id);
  if (known !== undefined) return view.open({ kind: 'details', entry: known });
  const reply = await bridge.findRows({ ids: [id] });
  if (!reply.ok) return view.notice(reply.error);
  const [entry] = reply.value.entries;
  if (entry !== undefined) view.open({ kind: 'details', entry });
}

export const openAgain = (again: Entry['enteredAgain']): void => {
  if (again !== null) void findAgain(again.id);
};
