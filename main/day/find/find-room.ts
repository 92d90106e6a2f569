import { setImmediate as untilOthersRan } from 'node:timers/promises';
import {
  appError,
  type Entry,
  type EntryFilter,
  err,
  MOST_FOUND_ROWS,
  ok,
  type Result,
} from '../../../preload/contract/index.ts';
import { type Actor, actorText } from '../../kernel/actor.ts';
import type { Room } from '../../kernel/room.ts';
import { addDays } from '../../kernel/store-time.ts';
import type { Increment, OutboxRepository } from '../../ledger/index.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import {
  type EntryQuery,
  inHalfWidth,
  LAST_DAY,
  type OwnWays,
  shownEntries,
  type Within,
} from '../../ledger/shown/index.ts';
import {
  cachedPhone,
  type DirectoryRepository,
  type LookUpService,
  type PhoneEnds,
} from '../../members/index.ts';
import type { BusinessDays } from '../shifts/business-day.ts';
import type { ExportService } from './export-service.ts';

/** The sequences of a shift; null where there is no such shift. */
export type ShiftRange = (number: number) => { readonly from: number; readonly to: number } | null;

export interface FindRoomParts {
  readonly outbox: Pick<OutboxRepository, 'byId' | 'byRequestId' | 'entriesAhead' | 'find'>;
  readonly phoneEnds: PhoneEnds;
  readonly directory: Pick<DirectoryRepository, 'byUid'>;
  readonly lookUp: Pick<LookUpService, 'card'>;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly tillIdentity: OwnWays;
  readonly exports: ExportService;
  readonly shiftRange: ShiftRange;
  readonly storeTimeZone: string;
  readonly businessDays: Pick<BusinessDays, 'beginsAt'>;
}

const nothing = { from: 0, to: 0 };

function withinDays({ fromDay, toDay }: EntryFilter, { beginsAt }: QueryParts['businessDays']): Within {
  return {
    fromMs: fromDay === null ? null : beginsAt(fromDay),
    beforeMs: toDay === null || toDay === LAST_DAY ? null : beginsAt(addDays(toDay, 1)),
  };
}

type QueryParts = Pick<FindRoomParts, 'phoneEnds' | 'shiftRange' | 'businessDays'>;

function createQueryOf({ phoneEnds, shiftRange, businessDays }: QueryParts) {
  return async (filter: EntryFilter): Promise<EntryQuery> => {
    const { shift, text, customerUid } = filter;
    const range = shift === null ? null : (shiftRange(shift) ?? nothing);
    const steps = phoneEnds(customerUid === null ? inHalfWidth(text) : '');
    for (;;) {
      const { done, value } = steps.next();
      if (done) return { filter, uids: value, range, within: withinDays(filter, businessDays) };
      await untilOthersRan();
    }
  };
}

/** An amount with more decimals than an entry can have throws a RangeError. */
async function orInvalid<T>(look: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await look());
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return err(appError('amount-invalid', { problem: 'too-many-decimals' }));
  }
}

export function createFindRoom(parts: FindRoomParts): Room {
  const { outbox, directory, exports } = parts;
  const queryOf = createQueryOf(parts);
  const shown = (increments: readonly Increment[]): Entry[] =>
    increments.map(shownEntries(outbox, parts.storeTimeZone));
  return {
    name: 'find',
    handlers: {
      'find:entries': ({ filter, before }) =>
        orInvalid(async () => {
          const { entries, next } = await outbox.find.page(await queryOf(filter), before, MOST_FOUND_ROWS);
          return { entries: shown(entries), next };
        }),
      'find:rows': ({ ids }) => ok({ entries: shown(ids.flatMap((id) => outbox.byId(id) ?? [])) }),
      'find:sums': ({ filter, before }) =>
        orInvalid(async () => outbox.find.sums(await queryOf(filter), before, parts.tillIdentity)),
      'find:member': ({ customerUid }) => {
        const card = parts.lookUp.card(customerUid);
        const phone = directory.byUid(customerUid)?.phone ?? '';
        return ok({ card: card.ok ? card.value : null, phone: cachedPhone(phone) });
      },
      'find:cancelExport': () => {
        exports.cancel();
        return ok({});
      },
    },
    managersHandlers: {
      'find:unmask': ({ customerUid }, who) => unmask(parts, customerUid, who),
      'find:export': async ({ filter, words }, who) => {
        const query = await orInvalid(() => queryOf(filter));
        if (!query.ok) return query;
        const { storeTimeZone } = parts;
        const asked = { query: query.value };
        return exports.export(
          words === undefined ? asked : { ...asked, readable: { words, storeTimeZone } },
          who,
        );
      },
    },
    stop: exports.stop,
    shows: { exportPercent: exports.percent },
  };
}

/** A whole phone is shown only after the journal has recorded it. */
function unmask(
  { directory, journal }: FindRoomParts,
  customerUid: string,
  who: Actor,
): Result<{ phone: string }> {
  const phone = directory.byUid(customerUid)?.phone ?? '';
  if (cachedPhone(phone) !== 'whole') return err(appError('phone-not-kept'));
  if (journal === null) return err(appError('key-lost'));
  const { approvedBy = null } = who;
  const content = { customerUid, approvedBy };
  journal.append({ event: 'noted', actor: actorText(who), reason: 'phone shown', content });
  return ok({ phone: phone.slice(0, 40) });
}
