import { type Entry, ok } from '../../preload/contract/index.ts';
import { actorText } from '../kernel/actor.ts';
import type { Room } from '../kernel/room.ts';
import type { Acknowledge, EntryAhead, Increment, OutboxRepository } from '../ledger/index.ts';
import {
  enteredAgain,
  isOfDayIn,
  type OwnWays,
  type ShownDay,
  shownEntries,
  shownEntry,
} from '../ledger/shown/index.ts';
import type { PermissionsPort } from '../people/index.ts';
import { createActivityList } from './activity-list.ts';
import type { AsEntry } from './as-entry.ts';
import type { ChangedSince } from './entry-changes.ts';
import type { OfflineWindow } from './offline-window.ts';
import type { TenderChangeService } from './tender-change.ts';
import type { TopUpService } from './top-up-service.ts';

const MOST_ROWS = 300;

export interface CounterRoomParts {
  readonly topUps: TopUpService;
  readonly tenderChange: TenderChangeService;
  readonly outbox: OutboxRepository;
  readonly changedSince: ChangedSince;
  readonly acknowledge: Acknowledge;
  readonly offline: OfflineWindow;
  readonly asEntry: AsEntry;
  readonly permissions: Pick<PermissionsPort, 'approver'>;
  readonly tillIdentity: OwnWays;
  readonly storeTimeZone: string;
  /** The store's calendar day, as KYBIO has it. */
  readonly today: () => string;
  readonly shownDay: () => ShownDay;
}

const textOf = (ahead: EntryAhead | undefined): string =>
  ahead === undefined ? '' : `${ahead.id} ${ahead.state}`;

/** Caches the rows of the list: an unchanged one stays the same object. */
function createRows(outbox: OutboxRepository, storeTimeZone: string) {
  const made = new WeakMap<Increment, { readonly row: Entry; readonly others: string }>();
  return () => {
    const ahead = outbox.entriesAhead();
    return (increment: Increment): Entry => {
      // The entry that it waits for may have changed, and a refused one may have been entered again.
      const again = enteredAgain(outbox, increment);
      const others =
        increment.state === 'queued' ? textOf(ahead.get(increment.customerUid)) : (again?.id ?? '');
      const known = made.get(increment);
      if (known?.others === others) return known.row;
      const row = shownEntry(increment, storeTimeZone, { ahead, again });
      made.set(increment, { row, others });
      return row;
    };
  };
}

export function createCounterRoom(parts: CounterRoomParts): Room {
  const { topUps, tenderChange, outbox, acknowledge, offline, asEntry, permissions, storeTimeZone } = parts;
  const list = createActivityList({ ...outbox, ...parts, isOfDay: isOfDayIn(storeTimeZone) }, MOST_ROWS);
  const rowOf = createRows(outbox, storeTimeZone);
  return {
    name: 'counter',
    handlers: {
      'topUps:create': async (request, who) => {
        const approver = await permissions.approver(request.approval, 'overLimit', who);
        return approver.ok ? asEntry(topUps.create(request, who, approver.value)) : approver;
      },
      'topUps:preview': (asked) => topUps.preview(asked),
      'entries:planReversal': ({ id, principal }) => topUps.planReversal(id, principal),
      'entries:cancel': async ({ id, approval }, who) => {
        const approver = await permissions.approver(approval, 'cancelAfterPaper', who);
        return approver.ok ? asEntry(topUps.cancel(id, who, approver.value)) : approver;
      },
      'entries:acknowledge': ({ id }, who) => asEntry(acknowledge(id, actorText(who))),
      'entries:tenderChanges': ({ id }) => ok(tenderChange.look(id)),
      'entries:changeTender': async ({ approval, ...request }, who) => {
        const approver = await permissions.approver(approval, 'tenderChange', who);
        if (!approver.ok) return approver;
        const changed = tenderChange.change(request, who, approver.value);
        return changed.ok ? ok(shownEntries(outbox, storeTimeZone)(changed.value)) : changed;
      },
    },
    managersHandlers: {
      'entries:reverse': ({ id, requestId, take }, who) =>
        asEntry(topUps.reverse(id, requestId, who, take ?? null)),
    },
    shows: {
      counts: () => outbox.counts(),
      waiting: () => outbox.waiting(parts.tillIdentity),
      today: () => {
        const { day: businessDay, moments } = parts.shownDay();
        const sums = outbox.sumsOfDay(businessDay, moments, parts.tillIdentity);
        const { done, takenUp, waiting, checking, review, refused } = sums;
        return {
          storeDay: parts.today(),
          businessDay,
          refused,
          done,
          waiting,
          checking,
          review,
          takenUp,
        };
      },
      refusals: () => outbox.sumsOfDay(parts.today()).unacknowledged,
      offline: offline.look,
      activity: () => list.read(parts.shownDay()).map(rowOf()),
    },
  };
}
