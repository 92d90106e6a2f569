import type Database from 'better-sqlite3';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { allDays, createTally } from '../../main/ledger/shown/tally.ts';
import { decimal } from './decimals.ts';
import { type KybioHost, keyOf } from './kybio-host.ts';
import type { MainParts } from './main-parts.ts';
import type { Promised } from './people.ts';
import { prepared } from './prepared.ts';
import { checkShifts } from './shifts.ts';

/** An entry as the outbox has it at the end, read without `main/`. */
export interface FinalEntry {
  readonly id: string;
  readonly sequence: number;
  readonly customer_uid: string;
  readonly data_change_time: string;
  readonly kind: string;
  readonly state: string;
  readonly cause: string | null;
  readonly balance: number;
  readonly point: number;
}

export interface Violation {
  readonly what:
    | 'lost'
    | 'doubled'
    | 'wrongly confirmed'
    | 'wrongly cancelled'
    | 'applied while queued'
    | 'out of order'
    | 'sum'
    | 'chain'
    | 'spent on a broken call'
    | 'another member'
    | 'not vouched for'
    | 'no end'
    | 'shifts'
    // A figure, of which the hunt for a control makes one of these.
    | 'wrong question'
    | 'error';
  readonly words: string;
}

const columns = `id, sequence, customer_uid, data_change_time, kind, state, cause,
  balance_increment_e4 / 100 AS balance, point_increment_e4 / 100 AS point`;

export const readEntries = (db: Database.Database): readonly FinalEntry[] =>
  db.prepare(`SELECT ${columns} FROM increment ORDER BY sequence`).all() as FinalEntry[];

const entriesIn = (db: Database.Database, state: string): readonly FinalEntry[] =>
  prepared(db, `SELECT ${columns} FROM increment WHERE state = ?`).all(state) as FinalEntry[];

const appliedOf = (host: KybioHost, entry: FinalEntry) =>
  host.applied.get(keyOf(entry.customer_uid, entry.data_change_time));

const nameOf = (entry: FinalEntry): string =>
  `entry ${entry.sequence} (${entry.state}${entry.cause === null ? '' : `, ${entry.cause}`})`;

/** Nothing that is `queued` was applied; asked now and then while the run goes on. */
export function checkQueued(db: Database.Database, host: KybioHost): Violation[] {
  return entriesIn(db, 'queued')
    .filter((entry) => appliedOf(host, entry) !== undefined)
    .map((entry) => ({ what: 'applied while queued', words: nameOf(entry) }));
}

export function checkEntry(entry: FinalEntry, host: KybioHost): Violation | null {
  const times = appliedOf(host, entry)?.times ?? 0;
  const words = `${nameOf(entry)}, applied ${times} times`;
  if (times > 1) return { what: 'doubled', words };
  switch (entry.state) {
    case 'confirmed':
      return times === 1 ? null : { what: 'wrongly confirmed', words };
    case 'rejected':
    case 'cancelled':
      return times === 0 ? null : { what: 'wrongly cancelled', words };
    default:
      return { what: 'no end', words };
  }
}

/** The member's total equals the journal's plus what others wrote, and what a restored folder no longer knows. */
function checkSums(
  entries: readonly FinalEntry[],
  host: KybioHost,
  harmed: ReadonlySet<string>,
): Violation[] {
  const harmedMembers = new Set(
    entries.filter(({ id }) => harmed.has(id)).map((entry) => entry.customer_uid),
  );
  const own = new Map<string, { balance: number; point: number }>();
  const known = new Set<string>();
  const add = (uid: string, balance: number, point: number) => {
    const sum = own.get(uid) ?? { balance: 0, point: 0 };
    own.set(uid, { balance: sum.balance + balance, point: sum.point + point });
  };
  for (const entry of entries) {
    known.add(keyOf(entry.customer_uid, entry.data_change_time));
    if (entry.state === 'confirmed') add(entry.customer_uid, entry.balance, entry.point);
  }
  for (const [key, applied] of host.applied) {
    if (!known.has(key))
      add(key.split('|')[0] ?? '', applied.balance * applied.times, applied.point * applied.times);
  }
  return host.members.flatMap((member): Violation[] => {
    const mine = own.get(member.customerUid) ?? { balance: 0, point: 0 };
    const others = host.othersOf(member.customerUid);
    const balance = member.initialBalance + mine.balance + others.balance;
    const point = member.initialPoint + mine.point + others.point;
    if (balance === member.balance && point === member.point) return [];
    if (harmedMembers.has(member.customerUid)) return [];
    return [
      {
        what: 'sum',
        words: `member ${member.number} holds ${decimal(member.balance)}, the journal says ${decimal(balance)}`,
      },
    ];
  });
}

function checkOrder(
  entries: readonly FinalEntry[],
  host: KybioHost,
  reviewed: ReadonlySet<string>,
): Violation[] {
  const newest = new Map<string, { order: number; sequence: number }>();
  const violations: Violation[] = [];
  for (const entry of entries) {
    const applied = appliedOf(host, entry);
    if (applied === undefined || reviewed.has(entry.id)) continue;
    const member = entry.customer_uid;
    const before = newest.get(member);
    if (before !== undefined && before.order > applied.order)
      violations.push({
        what: 'out of order',
        words: `${nameOf(entry)} was applied before entry ${before.sequence}`,
      });
    else newest.set(member, { order: applied.order, sequence: entry.sequence });
  }
  return violations;
}

const systemClock = { nowMs: () => 0, monotonicMs: () => 0, schedule: () => () => undefined };

function checkJournal(
  db: Database.Database,
  main: MainParts,
  key: Buffer,
  entries: readonly FinalEntry[],
  thorough: boolean,
): Violation[] {
  const journal = main.journal.createJournalRepository(db, key, systemClock);
  const { broken } = journal.follow(null);
  if (broken !== null) return [{ what: 'chain', words: `row ${broken.number} ${broken.why}` }];
  const tally = createTally(db);
  const wrong: string[] = tally.isRight(allDays) ? [] : [allDays];
  for (let day = tally.dayAfter(''); day !== null; day = tally.dayAfter(day))
    if (!tally.isRight(day)) wrong.push(day);
  if (wrong.length > 0) return [{ what: 'chain', words: `the sums of "${wrong.join(' ')}"` }];
  if (!thorough) return [];
  const vouch = main.vouch.createEntryVerifier(db, kybio.readIncrement, journal.provenRows);
  return entries.flatMap((entry): Violation[] => {
    const found = vouch.bySequence(entry.sequence);
    return found === null ? [] : [{ what: 'not vouched for', words: `${nameOf(entry)}: ${found.words}` }];
  });
}

/** The thorough check costs as much as all others together. */
export const isThorough = (seed: number): boolean => seed % 20 === 0;

export interface FinalState {
  readonly db: Database.Database;
  readonly main: MainParts;
  readonly host: KybioHost;
  readonly journalKey: Buffer;
  readonly promised: ReadonlyMap<string, Promised>;
  /** Every entry is also held against its own journal rows. */
  readonly thorough: boolean;
  /** Entries that were in `review` at any time. */
  readonly reviewed: ReadonlySet<string>;
  /** Entries that came twice or not at all where no till can know it by itself: they are counted. */
  readonly harmed: ReadonlySet<string>;
}

/** Everything that must hold once there are no faults any more. */
export function checkEnd(state: FinalState): Violation[] {
  const entries = readEntries(state.db);
  const ids = new Set(entries.map(({ id }) => id));
  const lost = [...state.promised.values()].filter(({ id }) => !ids.has(id));
  return [
    ...lost.map(
      ({ index }): Violation => ({
        what: 'lost',
        words: `what happening ${index} was told is saved is gone`,
      }),
    ),
    ...entries
      .filter(({ id }) => !state.harmed.has(id))
      .flatMap((entry) => checkEntry(entry, state.host) ?? []),
    ...checkSums(entries, state.host, state.harmed),
    ...checkOrder(entries, state.host, state.reviewed),
    ...checkShifts(state.db),
    ...checkJournal(state.db, state.main, state.journalKey, entries, state.thorough),
  ];
}
