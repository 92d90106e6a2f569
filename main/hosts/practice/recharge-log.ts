import { type Answer, type Lie, refuse, succeed, writeAmount, writeId } from './answer.ts';
import { addExactly, isZero, withDecimals } from './exact.ts';
import type { Host } from './host-now.ts';
import { page } from './pages.ts';
import { type Body, readFields } from './request.ts';
import { wallClockMs } from './store-time.ts';
import type { LedgerIncrement, LogFault } from './types.ts';
import { words } from './words.ts';

const rechargeTime = (host: Host, increment: LedgerIncrement): string =>
  host.profile.logCarriesDataChangeTime ? increment.dataChangeTime : host.storeTime(increment.atMs);

/** Above every member's id, so the two kinds are never mistaken for each other. */
const firstRechargeUid = 600_000_000_000_000_000n;

const rechargeUid = (increment: LedgerIncrement): string =>
  String(firstRechargeUid + BigInt(increment.callNumber));

/** Recharges only: an award of points alone moves no money and has no row. */
const recharges = (host: Host): readonly LedgerIncrement[] =>
  host.ledger
    .increments()
    .filter(({ backOffice }) => backOffice !== undefined || host.profile.keepsRechargeLog)
    .filter((increment) => !isZero(increment.balanceIncrement));

const negated = (decimal: string): string => (decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`);

function rechargeRecord(host: Host, increment: LedgerIncrement): Readonly<Record<string, unknown>> {
  const { backOffice } = increment;
  const gift = backOffice?.gift ?? '0';
  const paid = isZero(gift)
    ? increment.balanceIncrement
    : addExactly(increment.balanceIncrement, negated(gift));
  return {
    customerUid: writeId(increment.customerUid, host.profile),
    rechargeMoney: writeAmount(paid, host.profile),
    giftMoney: writeAmount(gift, host.profile),
    datetime: rechargeTime(host, increment),
    payMethod: backOffice?.payMethod ?? 'openApi',
    rechargeStoreAccount: backOffice?.account ?? 'practice',
    customerMoneyAfterRecharge: writeAmount(increment.balanceAfter, host.profile),
    cashierUid: null,
    remark: '',
  };
}

export function queryCustomerRechargeLog(host: Host, body: Body): Answer {
  const read = readFields(body, { customerUid: 'Long' });
  if (!read.ok) return read;
  if (host.ledger.find(read.fields.customerUid) === undefined) return refuse(words.customerUnknown);
  const own = recharges(host).filter((increment) => increment.customerUid === read.fields.customerUid);
  return succeed(own.map((increment) => rechargeRecord(host, increment)));
}

const longestRangeMs = 31 * 24 * 3_600_000;

/** The time, altered by the fault. */
function reportedTime(time: string, fault: LogFault | null): string {
  if (fault?.kind === 'log-short-times') return time.slice(0, fault.characters);
  if (fault?.kind !== 'log-hours') return time;
  const toldMs = (wallClockMs(time) ?? 0) + fault.hours * 3_600_000;
  return new Date(toldMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** The row, altered by the fault. */
function reportedRow(increment: LedgerIncrement, fault: LogFault | null): LedgerIncrement {
  if (fault?.kind === 'log-decimals') {
    const balanceIncrement = withDecimals(increment.balanceIncrement, fault.decimals, fault.by);
    return { ...increment, balanceIncrement };
  }
  if (fault?.kind !== 'log-merged' || increment.customerUid !== fault.from) return increment;
  return { ...increment, customerUid: fault.into };
}

const logFault = (lie: Lie): LogFault | null => (typeof lie === 'string' ? null : lie);

/** `stateDate`, KYBIO's spelling, is exclusive and `endDate` inclusive. */
export function queryAllRechargeLogs(host: Host, body: Body, _callNumber: number, lie: Lie): Answer {
  const read = readFields(body, { stateDate: 'yyyy-MM-dd hh:mm:ss', endDate: 'yyyy-MM-dd hh:mm:ss' });
  if (!read.ok) return read;
  const { stateDate, endDate } = read.fields;
  const rangeMs = (wallClockMs(endDate) ?? 0) - (wallClockMs(stateDate) ?? 0);
  if (rangeMs < 0) return refuse(words.rangeReversed);
  if (rangeMs > longestRangeMs) return refuse(words.rangeTooLong);
  const fault = logFault(lie);
  const youngestMs = fault?.kind === 'log-late' ? host.nowMs - fault.byMs : Number.POSITIVE_INFINITY;
  const rows = recharges(host)
    .filter(({ atMs }) => atMs <= youngestMs)
    .filter(
      (increment) => rechargeTime(host, increment) > stateDate && rechargeTime(host, increment) <= endDate,
    )
    .map((increment) => {
      const record = rechargeRecord(host, reportedRow(increment, fault));
      const datetime = reportedTime(rechargeTime(host, increment), fault);
      const id = rechargeUid(increment);
      return { id, row: { uid: writeId(id, host.profile), ...record, datetime } };
    });
  return lyingPage(rows, body['postBackParameter'], host, fault);
}

/** The page, altered by the fault. */
function lyingPage(
  rows: Parameters<typeof page>[0],
  asked: unknown,
  { profile }: Host,
  fault: LogFault | null,
): Answer {
  const answer = page(rows, asked, profile);
  const first = page(rows, null, profile);
  if (!answer.ok || !first.ok) return answer;
  const honest = answer.data as PageData;
  const { result, postBackParameter } = first.data as PageData;
  const isLater = JSON.stringify(asked) !== JSON.stringify(postBackParameter) && asked !== undefined;
  switch (fault?.kind) {
    case 'log-cut':
      return succeed({ ...honest, result: honest.result.slice(0, fault.rows) });
    case 'log-first-page':
      return succeed({ ...honest, result });
    case 'log-loop':
      return isLater ? succeed({ ...honest, postBackParameter }) : answer;
    default:
      return answer;
  }
}

interface PageData {
  readonly result: readonly unknown[];
  readonly postBackParameter: unknown;
}
