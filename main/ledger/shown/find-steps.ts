import type { EntryFilter } from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import { addDays } from '../../kernel/store-time.ts';
import { createCustomersNamed } from '../tables/customers-named.ts';
import { entriesOfCustomer, isEnded, isOpen } from '../tables/entry-lookups.ts';
import { type Conditions, conditionsOf, fewStates, type Within } from './find-conditions.ts';

/** A query, with what other slices know. */
export interface EntryQuery {
  readonly filter: EntryFilter;
  /** Members whose phone ends with the filter's text. */
  readonly uids: readonly string[];
  /** Sequences of the queried shift, `to` included; null for no shift. */
  readonly range: { readonly from: number; readonly to: number } | null;
  /** When the filter's business days begin and end. */
  readonly within: Within;
}

/** What one step found, newest first, all from `before` on being done. Null: only a pause. */
type FindStep = { readonly sequences: readonly number[]; readonly before: number } | null;

const NEWEST = Number.MAX_SAFE_INTEGER;

/** Entries per step where they are neighbours: some milliseconds on an old PC. */
export const FIND_STEP = 2_000;

/** How many times fewer where they are scattered. */
const APART = 4;

/** Up to so many customers are looked up one by one; beyond, all entries are scanned. */
const FEW_CUSTOMERS = 100;

/** Beyond this a scan is as fast. */
const MOST_OF_STATES = 20_000;

const DAYS_IN_ONE = 100;

const FIRST_DAY = '0000-01-01';
export const LAST_DAY = '9999-12-31';

interface Row {
  readonly sequence: number;
}

const newestFirst = (left: number, right: number): number => right - left;

/** Half-width digits, as KYBIO has them: Chinese keyboards type full-width ones. */
export const inHalfWidth = (text: string): string => text.normalize('NFKC').trim();

/** A reference, as `42`, `0042`, `#0042`. */
function referenceOf(text: string): number | null {
  const digits = /^#?(\d{1,15})$/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The members meant; null for all. */
type Whom = { readonly customers: ReadonlySet<number>; readonly reference: number | null } | null;

function createWhom(db: Db, step: number) {
  const last = db.prepare('SELECT COALESCE(MAX(number), 0) AS number FROM customer');
  const named = createCustomersNamed(db);
  const ofUid = db.prepare('SELECT number FROM customer WHERE uid = ?');
  const numbers = (rows: unknown[]) => (rows as { number: number }[]).map(({ number }) => number);

  return function* whom({ filter, uids }: EntryQuery): Generator<null, Whom> {
    const text = filter.text.trim();
    const { customerUid } = filter;
    if (customerUid !== null) return { customers: new Set(numbers(ofUid.all(customerUid))), reference: null };
    if (text === '') return null;
    const found = new Set<number>();
    const namedIn = named(text);
    for (let after = 0; after < (last.get() as { number: number }).number; after += step) {
      if (after > 0) yield null;
      for (const number of namedIn(after, after + step)) found.add(number);
    }
    for (const [at, uid] of uids.entries()) {
      if (at > 0 && at % step === 0) yield null;
      for (const number of numbers(ofUid.all(uid))) found.add(number);
    }
    return { customers: found, reference: referenceOf(inHalfWidth(text)) };
  };
}

/**
 * The range of sequences that has the filter's days (a clock set back may mix days), with the calendar days beside
 * them, since business days cross midnight.
 */
function createSpan(db: Db) {
  const first = db.prepare(
    `SELECT MIN(store_day) AS day FROM increment WHERE store_day >= ? AND store_day <= ? AND ${isEnded}`,
  );
  const after = db.prepare(
    `SELECT MIN(store_day) AS day FROM increment WHERE store_day > ? AND store_day <= ? AND ${isEnded}`,
  );
  const oldest = db.prepare(
    `SELECT MIN(sequence) AS sequence FROM increment WHERE store_day = ? AND ${isEnded}`,
  );
  const newest = db.prepare(
    `SELECT MAX(sequence) AS sequence FROM increment WHERE store_day = ? AND ${isEnded}`,
  );
  const open = db.prepare(
    `SELECT COALESCE(MIN(sequence), ${NEWEST}) AS oldest, COALESCE(MAX(sequence), -1) AS newest
     FROM increment INDEXED BY increment_open WHERE store_day BETWEEN ? AND ? AND ${isOpen}`,
  );
  return function* span({ filter, range }: EntryQuery): Generator<null, { from: number; to: number }> {
    const whole = { from: range?.from ?? 0, to: range?.to ?? NEWEST - 1 };
    const { fromDay, toDay } = filter;
    if (fromDay === null && toDay === null) return whole;
    const least = fromDay === null || fromDay === FIRST_DAY ? '' : addDays(fromDay, -1);
    const most = toDay === null || toDay === LAST_DAY ? LAST_DAY : addDays(toDay, 1);
    let { oldest: from, newest: to } = open.get(least, most) as { oldest: number; newest: number };
    let { day } = first.get(least, most) as { day: string | null };
    for (let days = 1; day !== null; days += 1) {
      from = Math.min(from, (oldest.get(day) as Row).sequence);
      to = Math.max(to, (newest.get(day) as Row).sequence);
      ({ day } = after.get(day, most) as { day: string | null });
      if (days % DAYS_IN_ONE === 0) yield null;
    }
    return { from: Math.max(from, whole.from), to: Math.min(to, whole.to) };
  };
}

/** A query's statements, prepared once for all steps. */
function createLook(db: Db, query: EntryQuery) {
  const { filter } = query;
  const { where, values }: Conditions = conditionsOf(filter, query.within);
  const span = db.prepare(
    // A range of the table, whatever index SQLite would choose.
    `SELECT i.sequence, i.customer FROM increment i NOT INDEXED
     WHERE i.sequence >= @from AND i.sequence < @before AND ${where} ORDER BY i.sequence DESC`,
  );
  const each = db.prepare(
    `SELECT i.sequence FROM json_each(@sequences) s CROSS JOIN increment i ON i.sequence = s.value
     WHERE ${where}`,
  );
  return {
    span: (from: number, before: number) =>
      span.all({ ...values, from, before }) as (Row & { readonly customer: number })[],
    those: (sequences: readonly number[]): readonly number[] =>
      sequences.length === 0
        ? []
        : (each.all({ ...values, sequences: JSON.stringify(sequences) }) as Row[])
            .map(({ sequence }) => sequence)
            .sort(newestFirst),
  };
}

type Look = ReturnType<typeof createLook>;

interface Bounds {
  readonly from: number;
  readonly before: number;
}

/**
 * Searches entries from the newest on in steps, between which the caller may do other work. Reads only, and holds no
 * statement open between steps.
 */
export function createFindSteps(db: Db, step = FIND_STEP) {
  const whom = createWhom(db, step);
  const span = createSpan(db);
  const below = db.prepare('SELECT MAX(sequence) AS sequence FROM increment WHERE sequence < ?');
  const ofCustomer = db.prepare(
    `SELECT sequence FROM (${entriesOfCustomer('@customer')}) WHERE sequence < @before ORDER BY sequence DESC LIMIT @limit`,
  );
  const ofState = db.prepare(`SELECT sequence FROM increment WHERE state = ? AND ${isOpen} LIMIT ?`);
  const refused = db.prepare("SELECT sequence FROM increment WHERE state = 'rejected' LIMIT ?");
  const apart = Math.max(1, Math.floor(step / APART));

  /** Scans all entries. */
  function* lookAtAll(look: Look, { from, before }: Bounds, who: Whom): Generator<FindStep, void> {
    const isMeant = ({ customer, sequence }: Row & { customer: number }) =>
      who === null || who.customers.has(customer) || sequence === who.reference;
    let at = before;
    while (at > from) {
      // Skips gaps.
      const { sequence } = below.get(at) as { sequence: number | null };
      if (sequence === null || sequence < from) break;
      const down = Math.max(from, sequence + 1 - step);
      const rows = look.span(down, sequence + 1).filter(isMeant);
      at = down;
      yield { sequences: rows.map((row) => row.sequence), before: at };
    }
  }

  /** Reads entries of known sequences. */
  function* lookAtThose(
    look: Look,
    { from, before }: Bounds,
    known: readonly number[],
  ): Generator<FindStep, void> {
    const left = known.filter((sequence) => sequence >= from && sequence < before).sort(newestFirst);
    for (let at = 0; at < left.length; at += apart) {
      const part = left.slice(at, at + apart);
      yield { sequences: look.those(part), before: part.at(-1) ?? from };
    }
  }

  /** Looks up few customers, down to where all of them are known. */
  function* lookAtFew(
    look: Look,
    { from, before }: Bounds,
    who: NonNullable<Whom>,
  ): Generator<FindStep, void> {
    const most = Math.max(1, Math.floor(apart / Math.max(1, who.customers.size)));
    let at = before;
    while (at > from) {
      const each = [...who.customers].map((customer) =>
        (ofCustomer.all({ customer, before: at, limit: most }) as Row[]).map(({ sequence }) => sequence),
      );
      const floor = Math.max(
        from,
        ...each.flatMap((found) => (found.length < most ? [] : [found.at(-1) ?? from])),
      );
      const reference = who.reference !== null && who.reference < at ? [who.reference] : [];
      const known = [...new Set([...each.flat(), ...reference])].filter((sequence) => sequence >= floor);
      at = floor;
      yield { sequences: look.those(known), before: at };
    }
  }

  /** Sequences of states with few entries; null if there are many, or of other states. */
  function ofFewStates({ filter }: EntryQuery): readonly number[] | null {
    const states = fewStates(filter);
    if (states === null) return null;
    const rows = states.flatMap(
      (state) =>
        (state === 'rejected'
          ? refused.all(MOST_OF_STATES + 1)
          : ofState.all(state, MOST_OF_STATES + 1)) as Row[],
    );
    return rows.length > MOST_OF_STATES ? null : rows.map(({ sequence }) => sequence);
  }

  /** Throws a RangeError on a sum that no entry can have. */
  return function* find(query: EntryQuery, before: number | null): Generator<FindStep, void> {
    const look = createLook(db, query);
    const who = yield* whom(query);
    if (who !== null && who.customers.size === 0 && who.reference === null) return;
    const { from, to } = yield* span(query);
    const bounds = { from, before: Math.min(before ?? NEWEST, to + 1) };
    if (who !== null && who.customers.size <= FEW_CUSTOMERS) return yield* lookAtFew(look, bounds, who);
    const few = who === null ? ofFewStates(query) : null;
    if (few !== null) return yield* lookAtThose(look, bounds, few);
    yield* lookAtAll(look, bounds, who);
  };
}
