import { z } from 'zod';
import { amount, amountSchema, subtractAmounts } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { readJson } from '../kernel/database/read-json.ts';
import { toScaled } from '../kernel/scaled.ts';
import type { Increment } from '../ledger/index.ts';
import { entriesOfMember, readEvent, type StoredEvent } from '../ledger/tables/index.ts';
import type { DoubtRepository } from './doubts.ts';
import type { Sums } from './undecided.ts';
import { ANSWERS_LIVE_MS } from './whose-reply.ts';

/** Limits for reading how the host answers. */
const NEWEST_ROWS = 2_000;
const NEWEST_ENDS = 60;
const MOST_ANSWERS = 20;

const ofAccount = 'SELECT number FROM account WHERE host = @accountHost AND app_id = @accountAppId';

/** A refusal in words is an answer. */
const answeredInWords = "('duplicate', 'unknown-words', 'back-end-error')";

type EndRow = StoredEvent & { readonly second: string; readonly hasReply: number };

/**
 * Whether a reply accepted as the entry's own, at once or by later evidence, had its second; null if none was accepted.
 */
function echoIn(row: EndRow): boolean | null {
  const event = readEvent(row);
  if (event.event !== 'ended' || event.reply === null) return null;
  const { outcome, cause } = event.attempt;
  const isEcho = event.reply.dataChangeTime === row.second;
  if (outcome === 'applied') return isEcho;
  // Set aside for another second or none, and the entry confirmed without another reply: so this host answers so.
  const isSetAside = outcome === 'unknown' && cause === 'unreadable' && row.hasReply === 0;
  return isSetAside && !isEcho ? false : null;
}

interface UnansweredRow {
  readonly balance: string | null;
  readonly point: string | null;
  /** Its evidence. */
  readonly content: string | null;
}

const readSchema = z.object({ readings: z.array(z.object({ balance: amountSchema, point: amountSchema })) });

/**
 * Possible sums before an equal increment without an answer: its baseline, and later readings less the increment,
 * since others write in between.
 */
function beforesOf(
  { balance, point, content }: UnansweredRow,
  { balanceIncrement, pointIncrement }: Pick<Increment, 'balanceIncrement' | 'pointIncrement'>,
): readonly Sums[] {
  const read = readSchema.safeParse(content === null ? null : readJson(content));
  const later = (read.success ? read.data.readings : []).map((reading) => ({
    balance: subtractAmounts(reading.balance, balanceIncrement),
    point: subtractAmounts(reading.point, pointIncrement),
  }));
  return balance === null || point === null
    ? later
    : [{ balance: amount(balance), point: amount(point) }, ...later];
}

/** What else a member's success may answer, from outbox and journal. */
export function readOtherAnswers(db: Db): DoubtRepository['otherAnswers'] {
  const unanswered = db.prepare(
    `SELECT a.baseline_balance AS balance, a.baseline_point AS point, e.content
     FROM increment i JOIN attempt a ON a.entry = i.sequence LEFT JOIN evidence e ON e.increment_id = i.id
     WHERE i.sequence IN (${entriesOfMember('@customerUid')}) AND i.account IN (${ofAccount}) AND i.id <> @id
       AND i.balance_increment_e4 = @balance AND i.point_increment_e4 = @point
       AND a.phase <> 'connecting'
       AND (a.outcome IS NULL OR a.outcome = 'unknown' AND a.cause NOT IN ${answeredInWords})
       AND COALESCE(a.ended_at_ms, a.started_at_ms) BETWEEN @sinceMs AND @untilMs
       AND NOT EXISTS (SELECT 1 FROM attempt o WHERE o.entry = i.sequence AND o.outcome = 'applied')`,
  );
  // Along the journal: an account may have a hundred thousand entries.
  const ends = db.prepare(
    `SELECT j.event, j.version, j.reason, j.content, i.data_change_time AS second,
       EXISTS (SELECT 1 FROM attempt a WHERE a.entry = i.sequence AND a.outcome = 'applied') AS hasReply
     FROM journal j CROSS JOIN increment i ON i.sequence = j.entry
     WHERE j.number > (SELECT MAX(number) FROM journal) - ${NEWEST_ROWS} AND j.event = 'ended'
       AND i.state = 'confirmed' AND i.account IN (${ofAccount})
     ORDER BY j.number DESC LIMIT ${NEWEST_ENDS}`,
  );
  return (entry, nowMs) => {
    const { id, customerUid, accountHost, accountAppId } = entry;
    const rows = unanswered.all({
      id,
      customerUid,
      accountHost,
      accountAppId,
      balance: toScaled(entry.balanceIncrement),
      point: toScaled(entry.pointIncrement),
      // Both ways, as the clock may have been set.
      sinceMs: nowMs - ANSWERS_LIVE_MS,
      untilMs: nowMs + ANSWERS_LIVE_MS,
    }) as UnansweredRow[];
    const echoes = (ends.all({ accountHost, accountAppId }) as EndRow[])
      .map(echoIn)
      .filter((echo) => echo !== null)
      .slice(0, MOST_ANSWERS);
    return {
      unanswered: rows.flatMap((row) => beforesOf(row, entry)),
      echoes,
    };
  };
}
