import { amount, appError, err, type Result } from '../../preload/contract/index.ts';
import type { Db } from '../database/open.ts';
import { noSeals, type Seals } from '../database/seals.ts';
import type { IncrementReply } from '../outbox/member-host.ts';
import { fromScaled } from '../outbox/scaled.ts';
import type { Increment } from '../outbox/types.ts';
import type { Random } from '../ports.ts';
import type { Sums } from './decide.ts';
import type { Doubt, OwnSince, Suspect, ToldSums } from './next-reply.ts';
import { readEarlierReplies, readLastReply, readOwnSince, type SumsRow } from './told-replies.ts';

/** A doubt that waits for a manager. */
export interface OpenDoubt extends Doubt {
  readonly id: string;
  readonly openedAtMs: number;
  /** The entry whose reply raised it. */
  readonly seenBy: string;
  readonly content: unknown;
}

export type SeenBy = Pick<Increment, 'id' | 'customerUid' | 'accountHost' | 'accountAppId'>;

export interface DoubtRepository {
  /**
   * Ended entries of this member on this account that could still turn out otherwise: what was never
   * certain first, then the newest. The one whose reply it is and the confirmed one before it are among them,
   * and those that were replied to since `recentMs`: a middlebox may deliver any request twice, and what was
   * sent again may have met its own late arrival. Of the refused ones only what was sent more than once.
   */
  suspects(seenBy: SeenBy, recentMs: number): readonly Suspect[];
  /** What this member's undecided entries would add, each of which is in the sums or not. */
  undecided(seenBy: SeenBy): readonly Sums[];
  /**
   * What KYBIO said this member held after the newest reply to another entry of ours, with ours since; each part
   * as it was last told. Null where that is not known: none was replied to, or one that was sent before it was
   * decided after it.
   */
  afterLastReply(seenBy: SeenBy): ToldSums | null;
  /** What was believed before the first of several sendings of an entry; null where it was sent once. */
  beforeFirstSending(entryId: string): Sums | null;
  /** Whether a reply has confirmed another entry of the member, or has that one's second: then it answers no other. */
  isOfAnother(entry: SeenBy & Pick<Increment, 'dataChangeTime'>, reply: IncrementReply): boolean;
  /** Ours since the reply to `seenBy`: what was under way then is in its sums or not. */
  ownSince(seenBy: SeenBy): OwnSince;
  /** One doubt of a kind for an entry: what a manager has resolved is asked anew, what waits goes on waiting. */
  open(doubt: Doubt, seenBy: string, atMs: number, content: unknown): void;
  /** Those without an answer, and those whose correction came to nothing. */
  waiting(): readonly OpenDoubt[];
  byId(id: string): OpenDoubt | null;
  /** False where another manager was quicker. */
  resolve(id: string, resolution: 'corrected' | 'dismissed', atMs: number): boolean;
  /** The request id of its next correction, another one after each that was made. */
  requestId(id: string): string;
  /** True where a reversal that was made after the reply which raised it takes the entry back. */
  isTakenBackSince(doubt: OpenDoubt): boolean;
  /** Resolved by what `add` adds, both in one commit or neither. Errors: entry-changed, and those of `add`. */
  correct<T>(id: string, atMs: number, add: () => Result<T>): Result<T>;
}

interface SuspectRow {
  readonly id: string;
  readonly balance: string;
  readonly point: string;
  readonly state: string;
  readonly sent: number;
  readonly replied: number;
  readonly b0: string | null;
  readonly p0: string | null;
  /** Kinds of doubt, as a list in JSON. */
  readonly asked: string;
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
  // What was refused the second time may still have arrived the first.
  if (row.state === 'cancelled' || row.state === 'rejected') return 'cancelled';
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

/** A correction's request id names its doubt, and from the second on its number: `correct:<doubt>:2`. */
const isCorrectionOf = (doubtId: string): string =>
  `request_id BETWEEN 'correct:' || ${doubtId} AND 'correct:' || ${doubtId} || ':~'`;

/** A doubt is open again where its newest correction, or what took that one's place, was refused or cancelled. */
const waits = `(resolution IS NULL OR resolution = 'corrected' AND COALESCE((
  WITH RECURSIVE correction (id, state, sequence) AS (
    SELECT i.id, i.state, i.sequence FROM increment i WHERE ${isCorrectionOf('doubt.id')}
    UNION ALL SELECT r.id, r.state, r.sequence FROM correction c JOIN increment r ON r.request_id = 'replace:' || c.id)
  SELECT state FROM correction ORDER BY sequence DESC LIMIT 1), '') IN ('rejected', 'cancelled'))`;

/** Undoes the commit that it is thrown in. */
class NotAdded extends Error {}

export function createDoubtRepository(db: Db, random: Random, seals: Seals = noSeals): DoubtRepository {
  const suspects = db.prepare(
    `SELECT * FROM (
       SELECT i.id, CAST(i.balance_increment_e4 AS TEXT) AS balance, CAST(i.point_increment_e4 AS TEXT) AS point, i.state,
         (SELECT COUNT(*) FROM attempt a WHERE a.increment_id = i.id AND a.phase <> 'connecting') AS sent,
         (SELECT COUNT(*) FROM attempt a WHERE a.increment_id = i.id AND a.outcome = 'applied') AS replied, i.sequence,
         i.settled_at_ms,
         (SELECT a.baseline_balance FROM attempt a WHERE a.increment_id = i.id AND a.phase <> 'connecting'
          ORDER BY a.number LIMIT 1) AS b0,
         (SELECT a.baseline_point FROM attempt a WHERE a.increment_id = i.id AND a.phase <> 'connecting'
          ORDER BY a.number LIMIT 1) AS p0,
         (SELECT json_group_array(d.kind) FROM doubt d WHERE d.increment_id = i.id) AS asked
       FROM increment i WHERE i.customer_uid = @customerUid AND i.account_host = @accountHost
         AND i.account_app_id = @accountAppId AND i.touched = 1 AND i.state IN ('confirmed', 'cancelled', 'rejected'))
     WHERE sent > 1 OR state <> 'rejected' AND (replied = 0 OR id = @id OR settled_at_ms > @recentMs OR sequence = (
       SELECT MAX(n.sequence) FROM increment n WHERE n.customer_uid = @customerUid AND n.account_host = @accountHost
         AND n.account_app_id = @accountAppId AND n.state = 'confirmed' AND n.id <> @id))
     ORDER BY sent > 1 OR replied = 0 DESC, sequence DESC LIMIT ${MOST_SUSPECTS}`,
  );
  const undecided = db.prepare(
    `SELECT CAST(balance_increment_e4 AS TEXT) AS balance, CAST(point_increment_e4 AS TEXT) AS point FROM increment
     WHERE customer_uid = @customerUid AND account_host = @accountHost AND account_app_id = @accountAppId
       AND id <> @id AND touched = 1 AND state IN ('sending', 'unknown', 'review')`,
  );
  const sendings = db.prepare(
    `SELECT baseline_balance AS balance, baseline_point AS point FROM attempt
     WHERE increment_id = ? AND phase <> 'connecting' ORDER BY number LIMIT 2`,
  );
  const known = db.prepare(`SELECT id, ${waits} AS waiting FROM doubt WHERE increment_id = ? AND kind = ?`);
  const open = db.prepare(
    'INSERT INTO doubt (seen_by, opened_at_ms, content, id, increment_id, kind) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const reopen = db.prepare(
    `UPDATE doubt SET seen_by = ?, opened_at_ms = ?, content = ?, resolution = NULL, resolved_at_ms = NULL
     WHERE id = ?`,
  );
  const columns = 'id, increment_id, seen_by, kind, opened_at_ms, content';
  const waiting = db.prepare(`SELECT ${columns} FROM doubt WHERE ${waits} ORDER BY opened_at_ms`);
  const byId = db.prepare(`SELECT ${columns} FROM doubt WHERE id = ? AND ${waits}`);
  const resolve = db.prepare(
    `UPDATE doubt SET resolution = ?, resolved_at_ms = ? WHERE id = ? AND ${waits} RETURNING *`,
  );
  const corrections = db.prepare(`SELECT COUNT(*) AS made FROM increment WHERE ${isCorrectionOf('?')}`);
  const takenBack = db.prepare(
    `SELECT 1 AS found FROM increment r, increment s WHERE r.corrects = ? AND r.state NOT IN ('rejected', 'cancelled')
       AND s.id = ? AND r.sequence > s.sequence`,
  );
  const ownSince = readOwnSince(db);
  const settle: DoubtRepository['resolve'] = (id, resolution, atMs) =>
    seals.change('doubt', [id], () => resolve.get(resolution, atMs, id)) !== undefined;
  return {
    undecided: ({ id, customerUid, accountHost, accountAppId }) =>
      (undecided.all({ id, customerUid, accountHost, accountAppId }) as SumsRow[]).map(
        ({ balance, point }) => ({ balance: fromScaled(balance), point: fromScaled(point) }),
      ),
    suspects: ({ id, customerUid, accountHost, accountAppId }, recentMs) =>
      (
        suspects.all({
          ...{ id, customerUid, accountHost, accountAppId },
          recentMs,
        }) as SuspectRow[]
      ).map((row) => ({
        id: row.id,
        increments: { balance: fromScaled(row.balance), point: fromScaled(row.point) },
        how: howOf(row, id),
        asked: JSON.parse(row.asked) as Doubt['kind'][],
        before:
          row.b0 === null || row.p0 === null ? null : { balance: amount(row.b0), point: amount(row.p0) },
      })),
    afterLastReply: readLastReply(db),
    isOfAnother: readEarlierReplies(db),
    beforeFirstSending: (entryId) => {
      const [first, again] = sendings.all(entryId) as { balance: string | null; point: string | null }[];
      if (again === undefined || first === undefined || first.balance === null || first.point === null)
        return null;
      return { balance: amount(first.balance), point: amount(first.point) };
    },
    ownSince,
    open: ({ entryId, kind }, seenBy, atMs, content) => {
      const text = JSON.stringify(content);
      const earlier = known.get(entryId, kind) as { id: string; waiting: number } | undefined;
      if (earlier === undefined) {
        const id = random.uuid();
        seals.change('doubt', [id], () => void open.run(seenBy, atMs, text, id, entryId, kind));
      } else if (earlier.waiting === 0) {
        const { id } = earlier;
        seals.change('doubt', [id], () => void reopen.run(seenBy, atMs, text, id));
      }
    },
    waiting: () => (waiting.all() as DoubtRow[]).map(toDoubt),
    byId: (id) => {
      const row = byId.get(id) as DoubtRow | undefined;
      return row === undefined ? null : toDoubt(row);
    },
    requestId: (id) => {
      const { made } = corrections.get(id, id) as { made: number };
      return made === 0 ? `correct:${id}` : `correct:${id}:${made + 1}`;
    },
    isTakenBackSince: ({ entryId, seenBy }) => takenBack.get(entryId, seenBy) !== undefined,
    resolve: settle,
    correct: <T>(id: string, atMs: number, add: () => Result<T>): Result<T> => {
      let result: Result<T> = err(appError('entry-changed'));
      const commit = db.transaction(() => {
        // First, so that of two answers only one adds anything.
        if (!settle(id, 'corrected', atMs)) return;
        result = add();
        if (!result.ok) throw new NotAdded();
      });
      try {
        commit.immediate();
      } catch (thrown) {
        if (!(thrown instanceof NotAdded)) throw thrown;
      }
      return result;
    },
  };
}
