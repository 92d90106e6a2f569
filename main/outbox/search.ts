import { setImmediate as untilOthersRan } from 'node:timers/promises';
import { appError } from '../../preload/contract/index.ts';
import { DatabaseFailure } from '../database/failure.ts';
import type { Db } from '../database/open.ts';
import { createCustomersNamed } from './customers-named.ts';
import type { Increment } from './types.ts';

/** Customers, or entries, that are looked at in one go: a millisecond, or a few on an old PC. */
const STEP = 4_000;

/** After so many steps through the newest entries it is asked of each customer which entry is the newest. */
const MOST_STEPS = 5;

/** Whole entries that are read in one go: those of one customer lie far from each other. */
const READ_IN_ONE = 100;

const newestFirst = (left: number, right: number): number => right - left;

interface Row {
  readonly sequence: number;
}

/** Between two steps the till may be closed: another one is opened, or the program ends. */
async function pause(db: Db): Promise<void> {
  await untilOthersRan();
  if (!db.open) throw new DatabaseFailure(appError('database-failed', { sqlite: 'closed' }), null);
}

/** The entries of some customers, found without a look at all the others. */
function createEntriesOf(db: Db, step: number) {
  const walk = db.prepare(
    'SELECT sequence, customer FROM increment WHERE sequence < ? ORDER BY sequence DESC LIMIT ?',
  );
  const newestOf = db.prepare('SELECT MAX(sequence) AS sequence FROM increment WHERE customer = ?');
  const entriesOf = db.prepare(
    'SELECT sequence FROM increment WHERE customer = ? AND sequence >= ? ORDER BY sequence DESC LIMIT ?',
  );

  /** Where many are found, the newest entries mostly are theirs; null where it would be a long way. */
  const amongNewest = async (customers: readonly number[], limit: number) => {
    const wanted = new Set(customers);
    const found: number[] = [];
    let before = Number.MAX_SAFE_INTEGER;
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      if (steps > 0) await pause(db);
      // Where nearly all are theirs, a short way is enough.
      const most = steps === 0 ? Math.min(2 * limit, step) : step;
      const rows = walk.all(before, most) as (Row & { readonly customer: number })[];
      found.push(...rows.filter(({ customer }) => wanted.has(customer)).map(({ sequence }) => sequence));
      before = rows.at(-1)?.sequence ?? 0;
      if (found.length >= limit || rows.length < most) return found.slice(0, limit);
    }
    return null;
  };

  /** Those of whom the newest entries can be, each with its newest. */
  const latest = async (customers: readonly number[], limit: number) => {
    const found: { readonly customer: number; readonly newest: number }[] = [];
    for (const [at, customer] of customers.entries()) {
      if (at > 0 && at % step === 0) await pause(db);
      const { sequence } = newestOf.get(customer) as { sequence: number | null };
      if (sequence !== null) found.push({ customer, newest: sequence });
    }
    return found.sort((one, other) => other.newest - one.newest).slice(0, limit);
  };

  const ofEach = async (customers: readonly number[], limit: number) => {
    const each = await latest(customers, limit);
    // Of so many customers one entry each is as new as this one, or newer.
    const least = each.length < limit ? 0 : (each.at(-1)?.newest ?? 0);
    let found: readonly number[] = [];
    for (const { customer, newest } of each) {
      const from = found.length < limit ? least : (found.at(-1) ?? least);
      if (newest < from) break;
      const rows = entriesOf.all(customer, from, limit) as Row[];
      found = [...found, ...rows.map(({ sequence }) => sequence)].sort(newestFirst).slice(0, limit);
    }
    return found;
  };

  return async (customers: readonly number[], limit: number): Promise<readonly number[]> =>
    (customers.length > limit ? await amongNewest(customers, limit) : null) ?? ofEach(customers, limit);
}

/**
 * Looks for a text among the customers, whom entries name each once, and not among the entries of years. Case,
 * accents and full width count for nothing. Main's thread does something else between two steps.
 */
export function createSearch(
  db: Db,
  read: (sequences: readonly number[]) => readonly Increment[],
  step = STEP,
): (query: string, limit: number) => Promise<readonly Increment[]> {
  const named = createCustomersNamed(db);
  const lastCustomer = db.prepare('SELECT COALESCE(MAX(number), 0) AS number FROM customer');
  const entriesOf = createEntriesOf(db, step);
  const bySequence = db.prepare('SELECT sequence FROM increment WHERE sequence = ?');
  const ofReference = (query: string): readonly number[] =>
    /^\d{1,15}$/.test(query) ? (bySequence.all(Number(query)) as Row[]).map(({ sequence }) => sequence) : [];

  const customersWith = async (query: string): Promise<readonly number[]> => {
    const namedIn = named(query);
    const found: number[] = [];
    // Asked anew after each step: whoever came meanwhile is the last.
    for (let after = 0; after < (lastCustomer.get() as { number: number }).number; after += step) {
      if (after > 0) await pause(db);
      found.push(...namedIn(after, after + step));
    }
    return found;
  };

  return async (query, limit) => {
    const found = await entriesOf(await customersWith(query), limit);
    const sequences = [...new Set([...found, ...ofReference(query)])].sort(newestFirst).slice(0, limit);
    const entries: Increment[] = [];
    for (let at = 0; at < sequences.length; at += READ_IN_ONE) {
      if (at > 0) await pause(db);
      entries.push(...read(sequences.slice(at, at + READ_IN_ONE)));
    }
    return entries;
  };
}
