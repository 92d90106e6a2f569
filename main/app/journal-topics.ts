import type { Changed, Topic } from '../kernel/room.ts';
import type { FeedRow, JournalEvent } from '../ledger/journal/index.ts';

type Topics = readonly [Topic, ...Topic[]];

/** What any entry is a part of: the list, the sums, what waits for a call, what is blocked, whether a doubt was answered. */
export const topicsOfAnyEntry: Topics = [
  ...(['activity', 'counts', 'waiting', 'today', 'refusals'] as const),
  ...(['budget', 'offline', 'doubts', 'shift'] as const),
];

/** What is shown of which event; null: nothing. One that is new is to be named here. */
const topicsOf: Readonly<Record<JournalEvent, Topics | null>> = {
  'chain-opened': null,
  account: null,
  added: topicsOfAnyEntry,
  adopted: topicsOfAnyEntry,
  sending: topicsOfAnyEntry,
  ended: topicsOfAnyEntry,
  interrupted: topicsOfAnyEntry,
  cancelled: topicsOfAnyEntry,
  quarantined: topicsOfAnyEntry,
  resigned: topicsOfAnyEntry,
  'sent-to-review': topicsOfAnyEntry,
  decided: topicsOfAnyEntry,
  acknowledged: topicsOfAnyEntry,
  'tender-changed': topicsOfAnyEntry,
  // A manager's settings say what a form may take, what a day may cost, how long things may last, what is counted blind,
  // and when a day ends.
  setting: ['till', 'budget', 'offline', 'managerUnlockedUntilMs', 'shift', 'activity', 'today', 'waiting'],
  'check-up': ['checkUp'],
  // Among all that is noted: that there is a PIN, that a restore was gone through, what the shop gives, and the shift.
  noted: ['managerPinSet', 'restored', 'rules', 'shift'],
};

/** Tells of what is read anew where these rows were added. */
export function tellOfRows(rows: readonly FeedRow[], changed: Changed): void {
  for (const topics of new Set(rows.map(({ event }) => topicsOf[event])))
    if (topics !== null) changed(...topics);
}
