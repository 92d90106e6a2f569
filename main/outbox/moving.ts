import type { Db } from '../database/open.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import type { Recorder } from './recorder.ts';
import type { Increment, OutboxIdentity, SendCandidate } from './types.ts';

interface MovingRow {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly sequence: number;
  readonly customer_uid: string;
  readonly created_at_ms: number;
  readonly not_before_ms: number;
}

const toCandidate = (row: MovingRow): SendCandidate => ({
  id: row.id,
  version: row.version,
  sequence: row.sequence,
  customerUid: row.customer_uid,
  createdAtMs: row.created_at_ms,
  notBeforeMs: row.not_before_ms,
});

/**
 * What the loop may have to do with, in one look, and read once after each change of an entry: the loop looks far
 * more often than something changes.
 */
export function createMoving(
  db: Db,
  { accountHost, accountAppId }: OutboxIdentity,
  recorder: Recorder,
  readUnknown: () => readonly Increment[],
): Pick<OutboxRepository, 'candidates' | 'heldMembers' | 'unknown'> {
  const statement = db.prepare(
    `SELECT id, version, sequence, customer_uid, created_at_ms, not_before_ms, state FROM increment
     WHERE state IN ('queued', 'sending', 'unknown') AND account_host = ? AND account_app_id = ?`,
  );
  const read = () => {
    // Sorted here: three states come in three runs of the index, and SQLite's sorter costs more than they do.
    const rows = (statement.all(accountHost, accountAppId) as MovingRow[]).sort(
      (left, right) => left.sequence - right.sequence,
    );
    return {
      candidates: rows.filter(({ state }) => state === 'queued').map(toCandidate),
      heldMembers: new Set(rows.filter(({ state }) => state !== 'queued').map((row) => row.customer_uid)),
      undecided: rows
        .filter(({ state }) => state === 'unknown')
        .map(({ id, version }) => `${id} ${version}`)
        .join(),
    };
  };
  let known: (ReturnType<typeof read> & { readonly revision: number }) | null = null;
  const moving = () => {
    const revision = recorder.revision();
    if (known === null || known.revision !== revision) known = { ...read(), revision };
    return known;
  };
  let undecided = { versions: '', entries: [] as readonly Increment[] };
  return {
    candidates: () => moving().candidates,
    heldMembers: () => moving().heldMembers,
    // Rare, and read whole only where one has changed; apart, since a damaged one must not hold what is queued.
    unknown: () => {
      const versions = moving().undecided;
      if (versions !== undecided.versions)
        undecided = { versions, entries: versions === '' ? [] : readUnknown() };
      return undecided.entries;
    },
  };
}
