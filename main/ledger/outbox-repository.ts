import {
  type AppError,
  appError,
  type EntryState,
  entryStates,
  err,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import { freeSecond } from '../hosts/index.ts';
import type { SignedBody } from '../hosts/port/index.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Clock, Random } from '../kernel/ports.ts';
import { fromScaled, toScaled } from '../kernel/scaled.ts';
import { storeDay } from '../kernel/store-time.ts';
import type { MadeColumns } from './entry-types.ts';
import { EPOCH } from './journal/till-line.ts';
import { createLostPeriods } from './lost-periods.ts';
import { nextSequence } from './next-sequence.ts';
import type { Recorder } from './recorder.ts';
import { idOfRequest, shortId } from './short-id.ts';
import { createDayList } from './shown/day-list.ts';
import { createFind, type Find } from './shown/find.ts';
import { createOutboxSums, type OutboxSums } from './shown/outbox-sums.ts';
import type { Moments } from './shown/shown-day.ts';
import { allDays, openTally } from './shown/tally.ts';
import { createSignedReader } from './signed-reader.ts';
import { type ActiveEntries, createActiveEntries } from './tables/active-entries.ts';
import { entriesOfMember, entryOfSecond, hasIdOfItsOwn, isOpen } from './tables/entry-lookups.ts';
import { entrySource } from './tables/entry-tables.ts';
import { madeOf } from './tables/fact-columns.ts';
import { type IncrementRow, incrementColumns, toIncrement } from './tables/rows.ts';
import type { Increment, IncrementDraft, OutboxIdentity, Sign } from './types.ts';

/** Reads of the outbox, and its only insert. Transitions are in `transitions-repository.ts`. */
export interface OutboxRepository extends OutboxSums, ActiveEntries {
  /**
   * Signs and commits one increment durably (protocol rules 1 and 5), or returns the one that the request id already
   * made.
   * Errors: no-free-second; database failures throw.
   */
  add(draft: IncrementDraft, sign: Sign): Result<Increment>;
  /** The same for a request id known to be new. */
  addNew(draft: IncrementDraft, sign: Sign): Result<Increment>;
  byId(id: string): Increment | null;
  bySequence(sequence: number): Increment | null;
  byRequestId(requestId: string): Increment | null;
  /** The entry that corrects this one and was neither refused nor cancelled. */
  correctionOf(id: string): Increment | null;
  /** From the journal, unproven: whoever sends it verifies the entry first. */
  signedBody(id: string): SignedBody | null;
  /** Oldest first. */
  inReview(): readonly Increment[];
  /** Oldest first. */
  open(): readonly Increment[];
  counts(): Record<EntryState, number>;
  /** Newest first. */
  newestOfMember(customerUid: string, limit: number): readonly Increment[];
  /**
   * Open entries and unacknowledged refusals of any day, and all entered or decided on `day` (a calendar day, or
   * between `moments`); newest first. Beyond `limit`, what needs a person stays.
   */
  activity(day: string, limit: number, moments?: Moments | null): readonly Increment[];
  readonly find: Find;
  all(): IterableIterator<Increment>;
}

export function createOutboxRepository(
  db: Db,
  identity: OutboxIdentity,
  clock: Clock,
  random: Random,
  recorder: Recorder,
): OutboxRepository {
  const one = (where: string) => {
    const statement = db.prepare(`SELECT ${incrementColumns} FROM ${entrySource} WHERE ${where}`);
    return (...values: unknown[]): Increment | null => {
      const row = statement.get(...values) as IncrementRow | undefined;
      return row === undefined ? null : toIncrement(row);
    };
  };
  const many = (rest: string) => {
    const statement = db.prepare(`SELECT ${incrementColumns} FROM ${entrySource} ${rest}`);
    return (...values: unknown[]): readonly Increment[] =>
      (statement.all(...values) as IncrementRow[]).map(toIncrement);
  };
  const byId = one('i.id = ?');
  const bySequence = one('i.sequence = ?');
  const ofRequest = one(`i.id = ? OR (i.request_id = ? AND i.${hasIdOfItsOwn})`);
  const byRequestId = (requestId: string) => ofRequest(idOfRequest(requestId), shortId(requestId));
  const rowsOf = many('WHERE i.sequence IN (SELECT value FROM json_each(?)) ORDER BY i.sequence DESC');
  const bySequences = (sequences: readonly number[]) => rowsOf(JSON.stringify(sequences));
  const dayList = createDayList(db, identity.storeTimeZone);
  const newestOfMember = many(
    `WHERE i.sequence IN (${entriesOfMember('@customerUid')})
     ORDER BY i.sequence DESC LIMIT @limit`,
  );
  const sequenceOf = db.prepare('SELECT sequence FROM increment WHERE id = ?');
  const signedOf = createSignedReader(db);
  const unknownRows = many(`WHERE i.state = 'unknown' AND i.${isOpen} ORDER BY i.sequence`);
  const activeEntries = createActiveEntries(db, unknownRows);
  const countRows = db.prepare(
    `SELECT state, entries FROM tally WHERE store_day = '${allDays}' UNION ALL SELECT state, entries FROM (${openTally})`,
  );
  const allRows = db.prepare(`SELECT ${incrementColumns} FROM ${entrySource} ORDER BY i.sequence`);
  const addNew = createAddNew(db, identity, clock, random, recorder, byId);

  return {
    add: (draft, sign) => {
      const known = byRequestId(draft.requestId);
      return known === null ? addNew(draft, sign) : ok(known);
    },
    addNew,
    byId,
    bySequence,
    byRequestId,
    correctionOf: one("i.corrects = ? AND i.state NOT IN ('rejected', 'cancelled')"),
    signedBody: (id) => {
      const row = sequenceOf.get(id) as { sequence: number } | undefined;
      return row === undefined ? null : signedOf(row.sequence);
    },
    ...activeEntries,
    inReview: many(`WHERE i.state = 'review' AND i.${isOpen} ORDER BY i.sequence`),
    open: many(`WHERE i.${isOpen} ORDER BY i.sequence`),
    counts: () => {
      const counts = Object.fromEntries(entryStates.map((state) => [state, 0])) as Record<EntryState, number>;
      for (const row of countRows.all() as { state: EntryState; entries: number }[])
        counts[row.state] = row.entries;
      return counts;
    },
    ...createOutboxSums(db, identity, clock),
    newestOfMember: (customerUid, limit) => newestOfMember({ customerUid, limit }),
    activity: (day, limit, moments = null) => bySequences(dayList({ day, moments }, clock.nowMs(), limit)),
    find: createFind(db, bySequences),
    *all() {
      for (const row of allRows.iterate()) yield toIncrement(row as IncrementRow);
    },
  };
}

const HALF = /\p{Surrogate}/u;

/**
 * SQLite writes half a surrogate pair (an emoji cut by a field's end) as U+FFFD and the journal does not, so that the
 * entry would not verify.
 */
const wellFormed = (made: MadeColumns): MadeColumns =>
  Object.fromEntries(
    Object.entries(made).map(([name, value]) => [
      name,
      typeof value === 'string' && HALF.test(value) ? Buffer.from(value).toString() : value,
    ]),
  ) as unknown as MadeColumns;

/** In [0, 1), uniform. */
const unitOf = (uuid: string): number => Number.parseInt(uuid.slice(0, 8), 16) / 2 ** 32;

/** One statement, since a cashier waits for it. */
function createNextPlace(db: Db): () => { readonly sequence: number; readonly fork: number | null } {
  const next = db.prepare(
    `SELECT ${nextSequence} AS sequence,
       (SELECT MAX(number) FROM journal WHERE entry IS NULL AND event = 'noted' AND reason = ?) AS fork`,
  );
  return () => next.get(EPOCH) as { sequence: number; fork: number | null };
}

/** True if no other entry's data belongs to its row. */
const isOfItself = ({ corrects, requestId }: IncrementDraft): boolean =>
  corrects === null && !requestId.includes(':');

function createAddNew(
  db: Db,
  identity: OutboxIdentity,
  clock: Clock,
  random: Random,
  recorder: Recorder,
  byId: (id: string) => Increment | null,
): OutboxRepository['addNew'] {
  const { till, accountAppId, storeTimeZone } = identity;
  const nextPlace = createNextPlace(db);
  const lost = createLostPeriods(db);
  const taken = db.prepare(entryOfSecond('@customerUid', '@second'));
  const write = db.transaction((draft: IncrementDraft, sign: Sign): Result<Increment, AppError> => {
    if (draft.corrects !== null && byId(draft.corrects) === null)
      throw new Error('what is taken back is not in the outbox');
    const { sequence, fork } = nextPlace();
    const nowMs = clock.nowMs();
    const isTaken = (second: string) => taken.get({ customerUid: draft.customerUid, second }) !== undefined;
    const uuid = random.uuid();
    const dataChangeTime = freeSecond(nowMs, storeTimeZone, identity, isTaken, lost(fork), unitOf(uuid));
    if (dataChangeTime === null) return err(appError('no-free-second'));
    const { customerUid } = draft;
    // Formatted like the columns, so that one can be checked against the other.
    const balanceIncrement = fromScaled(toScaled(draft.balanceIncrement));
    const pointIncrement = fromScaled(toScaled(draft.pointIncrement));
    const sums = { balanceIncrement, pointIncrement };
    const signed = sign({ appId: accountAppId, customerUid, ...sums, dataChangeTime });
    const id = idOfRequest(draft.requestId) ?? shortId(uuid);
    const made = madeOf({
      ...draft,
      id,
      till,
      balanceIncrement,
      pointIncrement,
      dataChangeTime,
      requestId: shortId(draft.requestId),
      storeDay: storeDay(nowMs, storeTimeZone),
      origin: draft.origin ?? null,
    });
    const entry = recorder.add(sequence, wellFormed(made), signed, nowMs, draft.actor);
    if (isOfItself(draft))
      return ok(
        toIncrement({ ...entry, attempts: 0, corrects_sequence: null, corrected_by: null, decided: null }),
      );
    const increment = byId(id);
    if (increment === null) throw new Error('an increment cannot be read back');
    return ok(increment);
  });

  return (draft, sign) => write.immediate(draft, sign);
}
