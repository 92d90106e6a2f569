import { ok } from '../../preload/contract/index.ts';
import { actorText } from '../journal/actor.ts';
import type { Acknowledge } from '../outbox/acknowledge.ts';
import type { OutboxRepository } from '../outbox/outbox-repository.ts';
import type { Room } from '../room.ts';
import type { AsEntry } from './as-entry.ts';
import { entryViews } from './entry-view.ts';
import type { OfflineWindowService } from './offline-window-service.ts';
import type { TopUpService } from './top-up-service.ts';

/** What `entries:search` answers with at most. */
const MOST_FOUND = 200;

/** Rows of the day's list. */
const MOST_ROWS = 300;

export interface CounterRoomParts {
  readonly topUps: TopUpService;
  readonly outbox: OutboxRepository;
  readonly acknowledge: Acknowledge;
  readonly offline: OfflineWindowService;
  readonly asEntry: AsEntry;
  readonly storeTimeZone: string;
  readonly today: () => string;
}

/** What is entered at the counter, and the list of it. */
export function createCounterRoom(parts: CounterRoomParts): Room {
  const { topUps, outbox, acknowledge, offline, asEntry, storeTimeZone } = parts;
  return {
    name: 'counter',
    handlers: {
      'topUps:create': (request) => asEntry(topUps.create(request)),
      'entries:cancel': ({ id }) => asEntry(topUps.cancel(id)),
      'entries:acknowledge': ({ id }, who) => asEntry(acknowledge(id, actorText(who))),
      'entries:search': ({ query }) => {
        const found = outbox.search(query.trim(), MOST_FOUND);
        return ok({ entries: found.map(entryViews(outbox, storeTimeZone)) });
      },
    },
    managersHandlers: {
      'entries:reverse': ({ id, requestId }) => asEntry(topUps.reverse(id, requestId)),
    },
    start: offline.start,
    stop: offline.stop,
    view: () => {
      const today = parts.today();
      const { unacknowledged, ...day } = outbox.sumsOfDay(today);
      return {
        counts: outbox.counts(),
        waiting: day.waiting,
        today: { storeDay: today, ...day },
        refusals: unacknowledged,
        offline: offline.look(),
        activity: outbox.activity(today, MOST_ROWS).map(entryViews(outbox, storeTimeZone)),
      };
    },
  };
}
