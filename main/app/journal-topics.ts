import type { Changed, Topic } from '../kernel/room.ts';
import type { FeedRow, JournalEvent } from '../ledger/journal/index.ts';

type Topics = readonly [Topic, ...Topic[]];

/** Topics that show any entry. */
export const topicsOfAnyEntry: Topics = [
  'activity',
  'counts',
  'waiting',
  'today',
  'refusals',
  'budget',
  'offline',
  'shift',
];

/** Topics by event; null: none. A new event must be added here. */
const topicsOf: Readonly<Record<JournalEvent, Topics | null>> = {
  'chain-opened': null,
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
  // The policy affects forms, calls, time limits and the business day.
  setting: ['till', 'budget', 'offline', 'managerUnlockedUntilMs', 'shift', 'activity', 'today'],
  'check-up': ['checkUp'],
  // Notes have the PIN, restores, bonus rules and shifts.
  noted: ['managerPinSet', 'restored', 'rules', 'shift'],
};

export function publishChangesOf(rows: readonly FeedRow[], changed: Changed): void {
  for (const topics of new Set(rows.map(({ event }) => topicsOf[event])))
    if (topics !== null) changed(...topics);
}
