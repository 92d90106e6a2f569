import { amount, appError, err, type Result } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { readJson } from '../kernel/database/read-json.ts';
import { noSeals, type Seals } from '../kernel/database/seals.ts';
import type { Random } from '../kernel/ports.ts';
import type { Changed } from '../kernel/room.ts';
import { fromScaled } from '../kernel/scaled.ts';
import { entriesOfMember, hasIdOfItsOwn, isOfAccount, isOpen } from '../ledger/tables/index.ts';
import type { DoubtRepository, OpenDoubt } from './doubts.ts';
import { readEarlierReplies, readLastReply, readOwnSince, type SumsRow } from './earlier-replies.ts';
import { mayHaveArrivedSql } from './may-have-arrived.ts';
import type { Doubt, Suspect } from './next-reply.ts';
import { readOtherAnswers } from './other-answers.ts';
import { hasSecondWay, type WaysIn } from './second-way.ts';

interface SuspectRow extends WaysRow {
  readonly id: string;
  readonly balance: string;
  readonly point: string;
  readonly state: string;
  readonly replied: number;
  readonly b0: string | null;
  readonly p0: string | null;
  /** Kinds, as a JSON list. */
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

interface KnownRow {
  readonly id: string;
  readonly waiting: number;
  readonly resolution: 'corrected' | 'dismissed';
}

const howOf = ({ state, sent, replied }: SuspectRow): Suspect['how'] => {
  // A later refusal does not exclude that the first send arrived.
  if (state === 'cancelled' || state === 'rejected') return 'cancelled';
  return sent === 1 && replied > 0 ? 'replied' : 'uncertain';
};

interface WaysRow {
  readonly sent: number;
  readonly sentOverMs: number;
  readonly isFromElsewhere: number;
  readonly isReplaced: number;
}

const isWayIn = `${mayHaveArrivedSql} AND COALESCE(a.cause, '') <> 'duplicate'`;

/** Columns over `increment i`. */
const ways = `
  (SELECT COUNT(*) FROM attempt a WHERE a.entry = i.sequence AND ${isWayIn}) AS sent,
  (SELECT COALESCE(MAX(a.started_at_ms) - MIN(a.started_at_ms), 0) FROM attempt a
   WHERE a.entry = i.sequence AND ${isWayIn}) AS sentOverMs,
  EXISTS (SELECT 1 FROM journal j WHERE j.entry = i.sequence
    AND (j.event = 'sent-to-review' AND j.reason IN ('restored', 'sent-before') OR j.event = 'adopted' AND j.actor <> '')
  ) AS isFromElsewhere,
  (i.cause = 'replaced' AND i.touched = 1 OR i.request_id GLOB 'replace:*'
    AND EXISTS (SELECT 1 FROM increment o WHERE o.id = substr(i.request_id, 9) AND o.touched = 1)) AS isReplaced`;

const waysOf = ({ sent, sentOverMs, isFromElsewhere, isReplaced }: WaysRow): WaysIn => ({
  sent,
  sentOverMs,
  isFromElsewhere: isFromElsewhere === 1,
  isReplaced: isReplaced === 1,
});

const toDoubt = (row: DoubtRow): OpenDoubt => ({
  id: row.id,
  entryId: row.increment_id,
  seenBy: row.seen_by,
  kind: row.kind,
  openedAtMs: row.opened_at_ms,
  content: readJson(row.content),
});

const MOST_SUSPECTS = 20;

/** Request ids of corrections: `correct:<doubt>`, from the second on `correct:<doubt>:2`. */
const isCorrectionOf = (doubtId: string): string =>
  `request_id BETWEEN 'correct:' || ${doubtId} AND 'correct:' || ${doubtId} || ':~' AND ${hasIdOfItsOwn}`;

/** Open, or open again since its newest correction, or the replacement of that, was refused or cancelled. */
const waits = `(resolution IS NULL OR resolution = 'corrected' AND COALESCE((
  WITH RECURSIVE correction (id, state, sequence) AS (
    SELECT i.id, i.state, i.sequence FROM increment i WHERE ${isCorrectionOf('doubt.id')}
    UNION ALL SELECT r.id, r.state, r.sequence FROM correction c JOIN increment r
      ON r.request_id = 'replace:' || c.id AND r.${hasIdOfItsOwn})
  SELECT state FROM correction ORDER BY sequence DESC LIMIT 1), '') IN ('rejected', 'cancelled'))`;

/** Rolls back the transaction that it is thrown in. */
class NotAdded extends Error {}

export function createDoubtRepository(
  db: Db,
  random: Random,
  seals: Seals = noSeals,
  changed: Changed<'doubts'> = () => undefined,
): DoubtRepository {
  const suspects = db.prepare(
    `SELECT * FROM (
       SELECT i.id, CAST(i.balance_increment_e4 AS TEXT) AS balance, CAST(i.point_increment_e4 AS TEXT) AS point, i.state,
         (SELECT COUNT(*) FROM attempt a WHERE a.entry = i.sequence AND a.outcome = 'applied') AS replied, i.sequence,
         i.settled_at_ms,
         (SELECT a.baseline_balance FROM attempt a WHERE a.entry = i.sequence AND ${mayHaveArrivedSql}
          ORDER BY a.number LIMIT 1) AS b0,
         (SELECT a.baseline_point FROM attempt a WHERE a.entry = i.sequence AND ${mayHaveArrivedSql}
          ORDER BY a.number LIMIT 1) AS p0,
         (SELECT json_group_array(d.kind) FROM doubt d WHERE d.increment_id = i.id) AS asked, ${ways}
       FROM increment i WHERE i.sequence IN (${entriesOfMember('@customerUid')}) AND ${isOfAccount} AND i.touched = 1 AND i.state IN ('confirmed', 'cancelled', 'rejected')
         AND i.settled_at_ms > @uncertainMs)
     WHERE CASE
       WHEN id = @id THEN sent > 1 OR isFromElsewhere OR isReplaced
       WHEN sent > 1 OR isFromElsewhere OR isReplaced THEN 1
       WHEN state = 'rejected' THEN 0
       ELSE replied = 0 OR settled_at_ms > @repliedMs END
     ORDER BY sent > 1 OR replied = 0 DESC, sequence DESC LIMIT ${MOST_SUSPECTS}`,
  );
  const waysIn = db.prepare(`SELECT ${ways} FROM increment i WHERE i.id = ?`);
  const undecided = db.prepare(
    `SELECT CAST(balance_increment_e4 AS TEXT) AS balance, CAST(point_increment_e4 AS TEXT) AS point FROM increment INDEXED BY increment_open
     WHERE customer_uid = @customerUid AND ${isOpen} AND account IN (SELECT number FROM account WHERE host = @accountHost AND app_id = @accountAppId)
       AND id <> @id AND touched = 1 AND state IN ('sending', 'unknown', 'review')`,
  );
  const sendings = db.prepare(
    `SELECT a.baseline_balance AS balance, a.baseline_point AS point FROM attempt a
     WHERE a.entry = (SELECT sequence FROM increment WHERE id = ?) AND ${mayHaveArrivedSql} ORDER BY a.number LIMIT 2`,
  );
  const known = db.prepare(
    `SELECT id, ${waits} AS waiting, resolution FROM doubt WHERE increment_id = ? AND kind = ?`,
  );
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
  const change = (id: string, write: () => unknown) => {
    changed('doubts');
    return seals.change('doubt', [id], write);
  };
  const settle: DoubtRepository['resolve'] = (id, resolution, atMs) =>
    change(id, () => resolve.get(resolution, atMs, id)) !== undefined;
  return {
    undecided: ({ id, customerUid, accountHost, accountAppId }) =>
      (undecided.all({ id, customerUid, accountHost, accountAppId }) as SumsRow[]).map(
        ({ balance, point }) => ({ balance: fromScaled(balance), point: fromScaled(point) }),
      ),
    suspects: ({ id, customerUid, accountHost, accountAppId }, since, profile) =>
      (suspects.all({ id, customerUid, accountHost, accountAppId, ...since }) as SuspectRow[]).map((row) => ({
        id: row.id,
        increments: { balance: fromScaled(row.balance), point: fromScaled(row.point) },
        how: howOf(row),
        hasSecondWay: hasSecondWay(waysOf(row), profile),
        asked: JSON.parse(row.asked) as Doubt['kind'][],
        before:
          row.b0 === null || row.p0 === null ? null : { balance: amount(row.b0), point: amount(row.p0) },
      })),
    mayBeThereTwice: (entryId, profile) => {
      const row = waysIn.get(entryId) as WaysRow | undefined;
      return row !== undefined && hasSecondWay(waysOf(row), profile);
    },
    afterLastReply: readLastReply(db),
    isOfAnother: readEarlierReplies(db),
    otherAnswers: readOtherAnswers(db),
    beforeFirstSending: (entryId) => {
      const [first, again] = sendings.all(entryId) as { balance: string | null; point: string | null }[];
      if (again === undefined || first === undefined || first.balance === null || first.point === null)
        return null;
      return { balance: amount(first.balance), point: amount(first.point) };
    },
    ownSince,
    open: ({ entryId, kind }, seenBy, atMs, content) => {
      const text = JSON.stringify(content);
      const earlier = known.get(entryId, kind) as KnownRow | undefined;
      if (earlier === undefined) {
        const id = random.uuid();
        change(id, () => void open.run(seenBy, atMs, text, id, entryId, kind));
      } else if (earlier.waiting === 0) {
        const { id } = earlier;
        change(id, () => void reopen.run(seenBy, atMs, text, id));
      }
    },
    standing: ({ entryId, kind }) => {
      const row = known.get(entryId, kind) as KnownRow | undefined;
      if (row === undefined) return null;
      return row.waiting === 1 ? 'waiting' : row.resolution;
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
        // First, so that only one of two answers adds anything.
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
