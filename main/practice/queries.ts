import { createHash } from 'node:crypto';
import { type Answer, refuse, succeed, writeAmount, writeId } from './answer.ts';
import { isZero } from './exact.ts';
import type { Host } from './host-now.ts';
import { isBlank } from './increment.ts';
import { page } from './pages.ts';
import { type Body, readFields } from './request.ts';
import { wallClockMs } from './store-time.ts';
import type { LedgerIncrement, LedgerMember } from './types.ts';
import { words } from './words.ts';

const discounts: Readonly<Record<string, number>> = { Gold: 95, Platinum: 90 };

function blankRecord(host: Host, member: LedgerMember): unknown {
  const zero = writeAmount('0', host.profile);
  return {
    customerUid: writeId(member.customerUid, host.profile),
    categoryName: '',
    number: '',
    name: '',
    phone: '',
    balance: zero,
    point: zero,
  };
}

function memberRecord(host: Host, member: LedgerMember): unknown {
  if (isBlank(member)) return blankRecord(host, member);
  return {
    customerUid: writeId(member.customerUid, host.profile),
    categoryName: member.categoryName,
    number: member.number,
    name: member.name,
    point: writeAmount(member.point, host.profile),
    discount: discounts[member.categoryName] ?? 100,
    balance: writeAmount(member.balance, host.profile),
    phone: member.phone,
    birthday: '1990-01-01',
    email: '',
    address: '',
    remarks: '',
    createdDate: '2021-03-01 10:00:00',
    onAccount: 0,
    enable: member.enable,
    expiryDate: member.expiryDate,
    // Hosts send it, so whoever reads must drop it.
    password: createHash('md5').update(member.number).digest('hex').toUpperCase(),
  };
}

function one(host: Host, member: LedgerMember | undefined): Answer {
  return member === undefined ? refuse(words.customerUnknown) : succeed(memberRecord(host, member));
}

export function queryByNumber(host: Host, body: Body): Answer {
  const read = readFields(body, { customerNum: 'String' });
  if (!read.ok) return read;
  return one(
    host,
    host.ledger.members().find((member) => member.number === read.fields.customerNum),
  );
}

export function queryByUid(host: Host, body: Body): Answer {
  if (!host.profile.hasQueryByUid) return refuse(words.callNotOffered);
  const read = readFields(body, { customerUid: 'Long' });
  return read.ok ? one(host, host.ledger.find(read.fields.customerUid)) : read;
}

export function queryBytel(host: Host, body: Body): Answer {
  if (!host.profile.hasQueryBytel) return refuse(words.callNotOffered);
  const read = readFields(body, { customerTel: 'String' });
  if (!read.ok) return read;
  const found = host.ledger.members().filter((member) => member.phone === read.fields.customerTel);
  return succeed(found.map((member) => memberRecord(host, member)));
}

export function queryCustomerPages(host: Host, body: Body): Answer {
  const rows = host.ledger
    .members()
    .map((member) => ({ id: member.customerUid, row: memberRecord(host, member) }));
  return page(rows, body['postBackParameter'], host.profile);
}

const rechargeTime = (host: Host, increment: LedgerIncrement): string =>
  host.profile.logCarriesDataChangeTime ? increment.dataChangeTime : host.storeTime(increment.atMs);

/** Above every member's id, so the two kinds are never mistaken for each other. */
const firstRechargeUid = 600_000_000_000_000_000n;

const rechargeUid = (increment: LedgerIncrement): string =>
  String(firstRechargeUid + BigInt(increment.callNumber));

/** Recharges only: an award of points alone moves no money and has no row. */
function recharges(host: Host): readonly LedgerIncrement[] {
  if (!host.profile.keepsRechargeLog) return [];
  return host.ledger.increments().filter((increment) => !isZero(increment.balanceIncrement));
}

function rechargeRecord(host: Host, increment: LedgerIncrement): Readonly<Record<string, unknown>> {
  return {
    customerUid: writeId(increment.customerUid, host.profile),
    rechargeMoney: writeAmount(increment.balanceIncrement, host.profile),
    giftMoney: writeAmount('0', host.profile),
    datetime: rechargeTime(host, increment),
    payMethod: 'openApi',
    rechargeStoreAccount: 'practice',
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

/** `stateDate`, KYBIO's spelling, is exclusive and `endDate` inclusive. */
export function queryAllRechargeLogs(host: Host, body: Body): Answer {
  const read = readFields(body, { stateDate: 'yyyy-MM-dd hh:mm:ss', endDate: 'yyyy-MM-dd hh:mm:ss' });
  if (!read.ok) return read;
  const { stateDate, endDate } = read.fields;
  const rangeMs = (wallClockMs(endDate) ?? 0) - (wallClockMs(stateDate) ?? 0);
  if (rangeMs < 0) return refuse(words.rangeReversed);
  if (rangeMs > longestRangeMs) return refuse(words.rangeTooLong);
  const rows = recharges(host)
    .filter(
      (increment) => rechargeTime(host, increment) > stateDate && rechargeTime(host, increment) <= endDate,
    )
    .map((increment) => ({
      id: rechargeUid(increment),
      row: { uid: writeId(rechargeUid(increment), host.profile), ...rechargeRecord(host, increment) },
    }));
  return page(rows, body['postBackParameter'], host.profile);
}

/** `openApiLimitAccess/queryAccessTimes`; it counts as a call itself. Without a quota it says nothing of a limit. */
export function queryAccessTimes(host: Host): Answer {
  const limit = host.profile.dailyCalls;
  return succeed({ ...(limit === null ? {} : { limitTimes: limit }), haveAccessTimes: host.callsToday });
}
