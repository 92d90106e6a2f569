import { join } from 'node:path';
import type { LedgerIncrement } from '../../../main/hosts/practice/types.ts';
import type { Db } from '../../../main/kernel/database/open.ts';
import { createHeadSlots } from '../../../main/ledger/journal/head.ts';
import { createJournalRepository } from '../../../main/ledger/journal/journal-repository.ts';
import type { JournalKeeper, JournalState } from '../../../main/ledger/journal-keeper.ts';
import { shortId } from '../../../main/ledger/short-id.ts';
import type { EntryState } from '../../../preload/contract/index.ts';
import { createKeeper } from '../../kit/keeper.ts';
import { realClock } from '../../kit/practice-store.ts';
import { journalKey } from './till-folder.ts';

export interface EntryRow {
  readonly id: string;
  readonly request_id: string;
  readonly customer_uid: string;
  readonly data_change_time: string;
  readonly state: EntryState;
  readonly touched: number;
}

/** The keeper of an open database, as the till itself makes it. */
export function keeperOf(db: Db, slotFolder: string, copyFolder = join(slotFolder, 'copy')): JournalKeeper {
  const clock = { ...realClock, schedule: () => () => undefined };
  return createKeeper(db, slotFolder, { clock, copy: createHeadSlots(copyFolder, journalKey) }).keeper;
}

export const entriesOf = (db: Db): readonly EntryRow[] =>
  db
    .prepare('SELECT id, request_id, customer_uid, data_change_time, state, touched FROM increment')
    .all() as EntryRow[];

export function integrity(db: Db): string[] {
  const pages = String(db.pragma('integrity_check(1)', { simple: true }));
  return pages === 'ok' ? [] : [`corrupt: ${pages}`];
}

export function lost(acknowledged: Iterable<string>, entries: readonly EntryRow[]): string[] {
  const kept = new Set(entries.map((entry) => entry.request_id));
  // As the outbox keeps it.
  return [...acknowledged].filter((requestId) => !kept.has(shortId(requestId))).map((id) => `lost: ${id}`);
}

/** What is in an open database after a crash, and what is wrong with it, row by row and in words. */
export interface Inspection {
  readonly entries: readonly EntryRow[];
  readonly problems: readonly string[];
}

export function inspect(db: Db, keeper: JournalKeeper): Inspection {
  const problems = integrity(db);
  if (problems.length > 0) return { entries: [], problems };
  const entries = entriesOf(db);
  const state: JournalState = keeper.start();
  if (state.kind !== 'fine') problems.push(`journal: ${JSON.stringify(state)}`);
  for (const { id } of entries) {
    const problem = keeper.problem(id);
    if (problem !== null) problems.push(`entry ${id}: ${problem}`);
  }
  const { broken } = createJournalRepository(db, journalKey, realClock).follow(null);
  if (broken !== null) problems.push(`journal: ${JSON.stringify(broken)}`);
  return { entries, problems };
}

/** The same against what was acknowledged; empty when all holds. */
export function damage(db: Db, acknowledged: Iterable<string>, keeper: JournalKeeper): string[] {
  const { entries, problems } = inspect(db, keeper);
  return [...problems, ...lost(acknowledged, entries)];
}

/** What the host has against what the till says, in words. */
export function disagreements(entries: readonly EntryRow[], ledger: readonly LedgerIncrement[]): string[] {
  const found: string[] = [];
  const times = new Map<string, number>();
  for (const { customerUid, dataChangeTime } of ledger) {
    const key = `${customerUid} ${dataChangeTime}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  const mine = new Set<string>();
  for (const entry of entries) {
    const key = `${entry.customer_uid} ${entry.data_change_time}`;
    mine.add(key);
    const applied = times.get(key) ?? 0;
    if (applied > 1) found.push(`applied ${applied} times: ${entry.id} (${entry.state})`);
    const never = entry.state === 'queued' || entry.state === 'cancelled' || entry.state === 'rejected';
    if (never && applied > 0) found.push(`${entry.state}, but applied: ${entry.id}`);
    if (entry.state === 'confirmed' && applied === 0) found.push(`confirmed, but not applied: ${entry.id}`);
  }
  for (const key of times.keys()) if (!mine.has(key)) found.push(`applied, but not in the till: ${key}`);
  return found;
}
