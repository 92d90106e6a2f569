import type { Db } from '../database/open.ts';
import { noSeals, type Seals } from '../database/seals.ts';
import { fromScaled } from '../outbox/scaled.ts';
import type { Increment } from '../outbox/types.ts';
import type { Random } from '../ports.ts';
import type { Doubt, Suspect } from './next-reply.ts';

/** A doubt that waits for a manager. */
export interface OpenDoubt extends Doubt {
  readonly id: string;
  readonly openedAtMs: number;
  /** The entry whose reply raised it. */
  readonly seenBy: string;
  readonly content: unknown;
}

export interface DoubtRepository {
  /**
   * Ended entries of this member on this account that could still turn out otherwise, newest first. The one
   * whose reply it is and the confirmed one before it are always among them: a middlebox may deliver any
   * request twice, and what was sent again may have met its own late arrival.
   */
  suspects(
    seenBy: Pick<Increment, 'id' | 'customerUid' | 'accountHost' | 'accountAppId'>,
  ): readonly Suspect[];
  /** One doubt of a kind for an entry, ever. */
  open(doubt: Doubt, seenBy: string, atMs: number, content: unknown): void;
  waiting(): readonly OpenDoubt[];
  byId(id: string): OpenDoubt | null;
  /** False where another manager was quicker. */
  resolve(id: string, resolution: 'corrected' | 'dismissed', atMs: number): boolean;
}

interface SuspectRow {
  readonly id: string;
  readonly balance: string;
  readonly point: string;
  readonly state: string;
  readonly sent: number;
  readonly replied: number;
}

interface DoubtRow {
  readonly id: string;
  readonly increment_id: string;
  readonly seen_by: string;
  readonly kind: Doubt['kind'];
  readonly opened_at_ms: number;
  readonly content: string;
}

const howOf = (row: SuspectRow, seenBy: string): Suspect['how'] => {
  if (row.state === 'cancelled') return 'cancelled';
  if (row.id === seenBy || (row.sent === 1 && row.replied > 0)) return 'replied';
  return row.sent > 1 ? 'sent-again' : 'confirmed-by-evidence';
};

const toDoubt = (row: DoubtRow): OpenDoubt => ({
  id: row.id,
  entryId: row.increment_id,
  seenBy: row.seen_by,
  kind: row.kind,
  openedAtMs: row.opened_at_ms,
  content: JSON.parse(row.content),
});

const MOST_SUSPECTS = 20;

export function createDoubtRepository(db: Db, random: Random, seals: Seals = noSeals): DoubtRepository {
  const suspects = db.prepare(
    `SELECT * FROM (
       SELECT i.id, CAST(i.balance_increment_e4 AS TEXT) AS balance, CAST(i.point_increment_e4 AS TEXT) AS point, i.state,
         (SELECT COUNT(*) FROM attempt a WHERE a.increment_id = i.id AND a.phase <> 'connecting') AS sent,
         (SELECT COUNT(*) FROM attempt a WHERE a.increment_id = i.id AND a.outcome = 'applied') AS replied, i.sequence
       FROM increment i WHERE i.customer_uid = @customerUid AND i.account_host = @accountHost
         AND i.account_app_id = @accountAppId AND i.touched = 1 AND i.state IN ('confirmed', 'cancelled'))
     WHERE sent > 1 OR replied = 0 OR id = @id OR sequence = (
       SELECT MAX(n.sequence) FROM increment n WHERE n.customer_uid = @customerUid AND n.account_host = @accountHost
         AND n.account_app_id = @accountAppId AND n.state = 'confirmed' AND n.id <> @id)
     ORDER BY sequence DESC LIMIT ${MOST_SUSPECTS}`,
  );
  const open = db.prepare(
    `INSERT INTO doubt (id, increment_id, seen_by, kind, opened_at_ms, content) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (increment_id, kind) DO NOTHING`,
  );
  const columns = 'id, increment_id, seen_by, kind, opened_at_ms, content';
  const waiting = db.prepare(`SELECT ${columns} FROM doubt WHERE resolution IS NULL ORDER BY opened_at_ms`);
  const byId = db.prepare(`SELECT ${columns} FROM doubt WHERE id = ? AND resolution IS NULL`);
  const resolve = db.prepare(
    'UPDATE doubt SET resolution = ?, resolved_at_ms = ? WHERE id = ? AND resolution IS NULL',
  );
  return {
    suspects: ({ id, customerUid, accountHost, accountAppId }) =>
      (suspects.all({ id, customerUid, accountHost, accountAppId }) as SuspectRow[]).map((row) => ({
        id: row.id,
        increments: { balance: fromScaled(row.balance), point: fromScaled(row.point) },
        how: howOf(row, id),
      })),
    open: (doubt, seenBy, atMs, content) => {
      const id = random.uuid();
      const text = JSON.stringify(content);
      seals.change('doubt', [id], () => open.run(id, doubt.entryId, seenBy, doubt.kind, atMs, text));
    },
    waiting: () => (waiting.all() as DoubtRow[]).map(toDoubt),
    byId: (id) => {
      const row = byId.get(id) as DoubtRow | undefined;
      return row === undefined ? null : toDoubt(row);
    },
    resolve: (id, resolution, atMs) =>
      seals.change('doubt', [id], () => resolve.run(resolution, atMs, id)).changes === 1,
  };
}
