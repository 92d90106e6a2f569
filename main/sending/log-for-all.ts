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

/** The recharge log of all members, read once for all waiting entries. */
interface LogForAll {
  /** A member's rows since the entry was made; null if KYBIO has no such log, or rows without members. */
  of(
    customerUid: string,
    candidate: Pick<SendCandidate, 'createdAtMs'>,
  ): Promise<readonly HostLogRow[] | null>;
}

/** A result, a refusal too, serves this long. */
const GOOD_FOR_MS = 900_000;

/** A query without an answer is repeated once, not for each member: it may take a minute. */
const ONCE_MORE_AFTER_MS = 60_000;

/** KYBIO's largest range; entries that waited longer are searched among the newest. */
const LONGEST_RANGE_MS = 31 * 86_400_000 - 3_600_000;

/** A row may carry the time of the host's clock. */
const MARGIN_MS = 900_000;

interface Known {
  readonly sinceMs: number;
  /** On the monotonic clock. */
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
    // Beyond now, as the host's clock may be ahead.
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
