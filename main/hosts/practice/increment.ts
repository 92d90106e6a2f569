import {
  type Answer,
  type Lie,
  refuse,
  type Success,
  succeed,
  writeAmount,
  writeEchoedId,
} from './answer.ts';
import { addExactly, isNegative, isZero } from './exact.ts';
import type { Host } from './host-now.ts';
import type { Body } from './request.ts';
import { readFields } from './request.ts';
import type { LedgerIncrement, LedgerMember } from './types.ts';
import { words } from './words.ts';

/** Deleted so thoroughly that only an empty record is left. */
export const isBlank = (member: LedgerMember): boolean => member.name === '';

function memberProblem(member: LedgerMember | undefined, today: string): string | null {
  if (member === undefined || isBlank(member)) return words.customerUnknown;
  if (member.enable === -1) return words.customerDeleted;
  if (member.enable !== 1) return words.customerDisabled;
  if (member.expiryDate !== null && member.expiryDate.slice(0, 10) < today) return words.customerExpired;
  return null;
}

/** Somebody whose id no double rounding explains. */
function somebodyElse(customerUid: string, members: readonly LedgerMember[]): string {
  const other = members.find((member) => Number(member.customerUid) !== Number(customerUid));
  return other?.customerUid ?? String(BigInt(customerUid) + 4096n);
}

function reply(host: Host, increment: LedgerIncrement, lie: Lie): Success {
  const { profile } = host;
  const customerUid =
    lie === 'other-member'
      ? somebodyElse(increment.customerUid, host.ledger.members())
      : increment.customerUid;
  const balanceAfter =
    lie === 'other-sums' ? addExactly(increment.balanceAfter, '1') : increment.balanceAfter;
  const data = {
    customerUid: writeEchoedId(customerUid, profile),
    balanceBeforeUpdate: writeAmount(increment.balanceBefore, profile),
    balanceAfterUpdate: writeAmount(balanceAfter, profile),
    balanceIncrement: writeAmount(increment.balanceIncrement, profile),
    pointBeforeUpdate: writeAmount(increment.pointBefore, profile),
    pointAfterUpdate: writeAmount(increment.pointAfter, profile),
    pointIncrement: writeAmount(increment.pointIncrement, profile),
    ...timesOf(host, increment),
  };
  const isLeftOut = ([name, value]: [string, unknown]): boolean => leavesOut(increment, profile, name, value);
  return {
    ...succeed(Object.fromEntries(Object.entries(data).filter((field) => !isLeftOut(field)))),
    applied: true,
  };
}

function timesOf({ profile, storeTime }: Host, { atMs, dataChangeTime }: LedgerIncrement) {
  const updateCustomerTime = storeTime(atMs);
  switch (profile.replyTime) {
    case 'echo':
      return { dataChangeTime, updateCustomerTime };
    case 'own':
      return { dataChangeTime: updateCustomerTime, updateCustomerTime };
    case 'one-off':
      return { dataChangeTime: storeTime(atMs + 1_000), updateCustomerTime };
    case 'other-zone': {
      const elsewhere = storeTime(atMs - 8 * 3_600_000);
      return { dataChangeTime: elsewhere, updateCustomerTime: elsewhere };
    }
    case 'none':
      return {};
  }
}

/** Whether this host leaves a field of its reply out. */
function leavesOut(
  { balanceIncrement, pointIncrement }: LedgerIncrement,
  profile: Host['profile'],
  name: string,
  value: unknown,
): boolean {
  if (profile.leavesOut === 'nothing') return false;
  if (profile.leavesOut === 'zeros') return /^(balance|point)/.test(name) && isZero(String(value));
  return (
    (name.startsWith('balance') && isZero(balanceIncrement)) ||
    (name.startsWith('point') && isZero(pointIncrement))
  );
}

/** `customerOpenApi/updateBalancePointByIncrement`: all five fields are required, and it is not idempotent. */
export function updateBalancePointByIncrement(host: Host, body: Body, callNumber: number, lie: Lie): Answer {
  const read = readFields(body, {
    customerUid: 'Long',
    balanceIncrement: 'BigDecimal',
    pointIncrement: 'BigDecimal',
    dataChangeTime: 'yyyy-MM-dd hh:mm:ss',
  });
  if (!read.ok) return read;
  const { customerUid, dataChangeTime } = read.fields;
  const problem = memberProblem(host.ledger.find(customerUid), host.storeTime(host.nowMs).slice(0, 10));
  if (problem !== null) return refuse(problem);
  const isTaken = (earlier: LedgerIncrement): boolean =>
    earlier.customerUid === customerUid && earlier.dataChangeTime === dataChangeTime;
  if (host.profile.refusesDuplicates && host.ledger.increments().some(isTaken))
    return refuse(words.duplicate);
  const order = { ...read.fields, callNumber, atMs: host.nowMs };
  const increment = host.ledger.preview(order, host.profile.decimals);
  if (!host.profile.allowsNegativeBalance) {
    if (isNegative(increment.balanceIncrement) && isNegative(increment.balanceAfter))
      return refuse(words.balanceInsufficient);
    if (isNegative(increment.pointIncrement) && isNegative(increment.pointAfter))
      return refuse(words.pointInsufficient);
  }
  host.ledger.apply(increment);
  return reply(host, increment, lie);
}
