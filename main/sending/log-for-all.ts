import { type HostLogRow, sameMember } from '../hosts/port/index.ts';
import type { Clock } from '../kernel/ports.ts';
import { storeTime } from '../kernel/store-time.ts';
import type { OutboxRepository, SendCandidate } from '../ledger/index.ts';
import type { MemberReader } from '../members/index.ts';

interface Parts {
  readonly outbox: Pick<OutboxRepository, 'candidates'>;
  readonly reader: Pick<MemberReader, 'logOfAll'>;
  readonly clock: Clock;
  readonly storeTimeZone: string;
}

/** The recharge log of all members, read once for all that waits. */
export interface LogForAll {
  /** The rows of one member since the entry was made; null where KYBIO does not tell, or not whose rows they are. */
  of(
    customerUid: string,
    candidate: Pick<SendCandidate, 'createdAtMs'>,
  ): Promise<readonly HostLogRow[] | null>;
}

/** What was read serves for this long, and so does that KYBIO does not tell. */
const GOOD_FOR_MS = 900_000;

/** What got no answer is asked for once more, and not of every member: each such call may take a minute. */
const ONCE_MORE_AFTER_MS = 60_000;

/** KYBIO gives no more at once; what waited longer is looked for among the newest. */
const LONGEST_RANGE_MS = 31 * 86_400_000 - 3_600_000;

/** A row may carry the host's own time, and that is another clock. */
const MARGIN_MS = 900_000;

interface Known {
  readonly sinceMs: number;
  /** By the monotonic clock. */
  goodUntilMs: number;
  isUnanswered: boolean;
  readonly rows: Promise<readonly HostLogRow[] | null>;
}

export function createLogForAll({ outbox, reader, clock, storeTimeZone }: Parts): LogForAll {
  let known: Known | null = null;

  const read = (createdAtMs: number): Known => {
    const nowMs = clock.nowMs();
    const oldestMs = outbox
      .candidates()
      .reduce((oldest, one) => Math.min(oldest, one.createdAtMs), createdAtMs);
    const sinceMs = Math.max(oldestMs - MARGIN_MS, nowMs - LONGEST_RANGE_MS);
    const since = storeTime(sinceMs, storeTimeZone);
    // Till after now: the host's clock may be ahead of this one.
    const until = storeTime(nowMs + MARGIN_MS, storeTimeZone);
    const isAgain = known?.isUnanswered === true;
    const rows = reader.logOfAll(since, until, 'probe').then((result) => {
      if (result.ok)
        return result.value.every(({ customerUid }) => customerUid !== null) ? result.value : null;
      reading.isUnanswered = result.error.kind === 'no-answer';
      if (reading.isUnanswered && !isAgain) reading.goodUntilMs = clock.monotonicMs() + ONCE_MORE_AFTER_MS;
      return null;
    });
    const goodUntilMs = clock.monotonicMs() + GOOD_FOR_MS;
    const reading: Known = { sinceMs: oldestMs - MARGIN_MS, goodUntilMs, isUnanswered: false, rows };
    return reading;
  };

  return {
    of: async (customerUid, { createdAtMs }) => {
      const isGood =
        known !== null && clock.monotonicMs() < known.goodUntilMs && known.sinceMs <= createdAtMs - MARGIN_MS;
      if (!isGood) known = read(createdAtMs);
      const rows = (await known?.rows) ?? null;
      return (
        rows?.filter((row) => row.customerUid !== null && sameMember(customerUid, row.customerUid)) ?? null
      );
    },
  };
}
