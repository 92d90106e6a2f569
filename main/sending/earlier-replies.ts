import { type Amount, addAmounts, amount } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { fromScaled } from '../kernel/scaled.ts';
import { replyMark } from '../ledger/index.ts';
import { entriesOfMember, isOfAccount } from '../ledger/tables/index.ts';
import type { DoubtRepository } from './doubts.ts';
import { addSums, noSums, type Sums } from './undecided.ts';

export interface SumsRow {
  readonly balance: string;
  readonly point: string;
}

interface LastReplyRow {
  readonly part: 'balance' | 'point';
  readonly replied: string;
  readonly since: string;
  readonly overlapped: number;
}

/**
 * A reply has sums before and after and two times, which no two increments of a member share: repeated, it is a
 * proxy's or cache's. So is one with the second of another entry that was sent, even without an answer here. A second
 * that differs from ours proves nothing: KYBIO's own sample does so.
 */
export function readEarlierReplies(db: Db): DoubtRepository['isOfAnother'] {
  const statement = db.prepare(
    `SELECT 1 AS found FROM increment i JOIN attempt a ON a.entry = i.sequence
     WHERE i.sequence IN (${entriesOfMember('@customerUid')}) AND ${isOfAccount}
       AND i.id <> @id AND (a.outcome = 'applied' AND a.reply_mark = @replyMark
         OR a.phase <> 'connecting' AND i.data_change_time = @second) LIMIT 1`,
  );
  return ({ id, customerUid, accountHost, accountAppId, dataChangeTime }, reply) => {
    const second = reply.dataChangeTime === dataChangeTime ? null : reply.dataChangeTime;
    const of = { id, customerUid, accountHost, accountAppId, second, replyMark: replyMark(reply) };
    return statement.get(of) !== undefined;
  };
}

/** The member's sums after the last reply, plus our increments since; each part for itself. */
export function readLastReply(db: Db): DoubtRepository['afterLastReply'] {
  const last = (part: LastReplyRow['part']) =>
    `SELECT '${part}' AS part, last.replied,
       (SELECT CAST(COALESCE(SUM(o.${part}), 0) AS TEXT) FROM ours o WHERE o.ended > last.ended) AS since,
       EXISTS (SELECT 1 FROM ours o WHERE o.ended > last.ended AND o.sent < last.ended) AS overlapped
     FROM (SELECT ${part}_replied AS replied, ended FROM ours WHERE ${part}_replied IS NOT NULL
       ORDER BY ended DESC LIMIT 1) last`;
  // By the order in which they ended; entries confirmed without a reply have no sums of their own.
  const statement = db.prepare(
    `WITH ours AS MATERIALIZED (
       SELECT i.balance_increment_e4 AS balance, i.balance_after AS balance_replied,
         i.point_increment_e4 AS point, i.point_after AS point_replied,
         (SELECT MAX(j.number) FROM journal j
          WHERE j.entry = i.sequence AND j.event IN ('ended', 'decided')) AS ended,
         (SELECT MIN(j.number) FROM journal j
          WHERE j.entry = i.sequence AND j.event = 'sending') AS sent
       FROM increment i WHERE i.sequence IN (${entriesOfMember('@customerUid')}) AND ${isOfAccount} AND i.state = 'confirmed' AND i.id <> @id)
     ${last('balance')} UNION ALL ${last('point')}`,
  );
  return ({ id, customerUid, accountHost, accountAppId }) => {
    const rows = statement.all({ id, customerUid, accountHost, accountAppId }) as LastReplyRow[];
    const sumOf = (part: LastReplyRow['part']): Amount | null => {
      const row = rows.find((one) => one.part === part);
      return row === undefined || row.overlapped === 1
        ? null
        : addAmounts(amount(row.replied), fromScaled(row.since));
    };
    const sums = { balance: sumOf('balance'), point: sumOf('point') };
    return sums.balance === null && sums.point === null ? null : sums;
  };
}

export function readOwnSince(db: Db): DoubtRepository['ownSince'] {
  const statement = db.prepare(
    `WITH ours AS (
       SELECT i.id, i.state, CAST(i.balance_increment_e4 AS TEXT) AS balance,
         CAST(i.point_increment_e4 AS TEXT) AS point,
         (SELECT MAX(j.number) FROM journal j
          WHERE j.entry = i.sequence AND j.event IN ('ended', 'decided')) AS ended,
         (SELECT MIN(j.number) FROM journal j
          WHERE j.entry = i.sequence AND j.event = 'sending') AS sent
       FROM increment i WHERE i.sequence IN (${entriesOfMember('@customerUid')}) AND ${isOfAccount} AND i.touched = 1),
     reply AS (SELECT ended FROM ours WHERE id = @id)
     SELECT o.balance, o.point, o.state = 'confirmed' AND o.sent > reply.ended AS certain FROM ours o, reply
     WHERE o.id <> @id AND (o.state IN ('sending', 'unknown', 'review')
       OR o.state = 'confirmed' AND o.ended > reply.ended)`,
  );
  return ({ id, customerUid, accountHost, accountAppId }) => {
    const rows = statement.all({ id, customerUid, accountHost, accountAppId }) as (SumsRow & {
      readonly certain: number;
    })[];
    const sums = (certain: number): readonly Sums[] =>
      rows
        .filter((row) => row.certain === certain)
        .map(({ balance, point }) => ({ balance: fromScaled(balance), point: fromScaled(point) }));
    return { certain: sums(1).reduce(addSums, noSums), possible: sums(0) };
  };
}
