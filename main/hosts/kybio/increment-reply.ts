import Decimal from 'decimal.js';
import { type Amount, addAmounts, compareAmounts, subtractAmounts } from '../../../preload/contract/index.ts';
import type { ExpectedIncrement, IncrementReply } from '../port/member-host.ts';
import { sameMember } from '../port/member-id.ts';
import { fieldOf, isAbsent, isJsonObject, type JsonObject, readAmount, readText, readUid } from './values.ts';

/** What a reply to an increment says beside the sums: the increments it echoes, and what makes no sense. */
export interface ReadIncrementReply {
  readonly reply: IncrementReply;
  readonly balanceIncrement: Amount | null;
  readonly pointIncrement: Amount | null;
  /** True where a field is there and cannot be read. */
  readonly unreadable: boolean;
}

const amountFields = [
  'balanceBeforeUpdate',
  'balanceAfterUpdate',
  'balanceIncrement',
  'pointBeforeUpdate',
  'pointAfterUpdate',
  'pointIncrement',
] as const;

// A public client reads `customrUid` too: some hosts misspell it.
const uidOf = (data: JsonObject): unknown => fieldOf(data, 'customerUid') ?? fieldOf(data, 'customrUid');

/** Reads an increment reply's data; null where there is none. `dataChangeTime` is kept, never compared. */
export function readIncrementReply(data: unknown): ReadIncrementReply | null {
  if (!isJsonObject(data)) return null;
  const amounts = Object.fromEntries(
    amountFields.map((name) => [name, readAmount(fieldOf(data, name))]),
  ) as Record<(typeof amountFields)[number], Amount | null>;
  const customerUid = readUid(uidOf(data));
  return {
    reply: {
      customerUid,
      balanceBeforeUpdate: amounts.balanceBeforeUpdate,
      balanceAfterUpdate: amounts.balanceAfterUpdate,
      pointBeforeUpdate: amounts.pointBeforeUpdate,
      pointAfterUpdate: amounts.pointAfterUpdate,
      dataChangeTime: readText(fieldOf(data, 'dataChangeTime'), 40) || null,
      updateCustomerTime: readText(fieldOf(data, 'updateCustomerTime'), 40) || null,
    },
    balanceIncrement: amounts.balanceIncrement,
    pointIncrement: amounts.pointIncrement,
    unreadable:
      (customerUid === null && !isAbsent(uidOf(data))) ||
      amountFields.some((name) => amounts[name] === null && !isAbsent(fieldOf(data, name))),
  };
}

const decimalsOf = (value: Amount): number => value.split('.')[1]?.length ?? 0;

const isExactly = (before: Amount, increment: Amount, after: Amount): boolean =>
  compareAmounts(addAmounts(before, increment), after) === 0;

/**
 * Whether before and after agree with the increment. Compared only where both are there. A host that
 * keeps fewer decimals than the increment has cuts off or rounds before and after alike, so they may
 * be out by less than one unit of their own last decimal; otherwise they must agree exactly.
 */
export function sumsAgree(before: Amount | null, after: Amount | null, increment: Amount): boolean {
  if (before === null || after === null || isExactly(before, increment, after)) return true;
  const decimals = Math.max(decimalsOf(before), decimalsOf(after));
  if (new Decimal(increment).decimalPlaces() <= decimals) return false;
  const off = subtractAmounts(subtractAmounts(after, before), increment);
  const unit = `1e-${decimals}`;
  return new Decimal(off).abs().lt(unit);
}

/** What a reply says of one of the two sums. */
interface PartInReply {
  readonly before: Amount | null;
  readonly after: Amount | null;
  readonly echo: Amount | null;
  readonly expected: Amount;
}

const contradicts = ({ before, after, echo, expected }: PartInReply): boolean =>
  (echo !== null && compareAmounts(echo, expected) !== 0) || !sumsAgree(before, after, expected);

const addsUp = ({ before, after, expected }: PartInReply): boolean =>
  before !== null && after !== null && isExactly(before, expected, after);

/**
 * How a success compares with what was sent: it agrees, it speaks of another member or other amounts,
 * or it cannot be told. A success that names no member cannot be told, nor one that says nothing of the increments:
 * it echoes both, or neither and then both sums add up, to the last digit.
 */
export function compareIncrementReply(
  read: ReadIncrementReply | null,
  expected: ExpectedIncrement,
): 'agrees' | 'other-member' | 'other-amounts' | 'unreadable' {
  if (read === null || read.unreadable) return 'unreadable';
  const { reply } = read;
  if (reply.customerUid === null) return 'unreadable';
  if (!sameMember(expected.customerUid, reply.customerUid)) return 'other-member';
  const parts: readonly PartInReply[] = [
    {
      before: reply.balanceBeforeUpdate,
      after: reply.balanceAfterUpdate,
      echo: read.balanceIncrement,
      expected: expected.balanceIncrement,
    },
    {
      before: reply.pointBeforeUpdate,
      after: reply.pointAfterUpdate,
      echo: read.pointIncrement,
      expected: expected.pointIncrement,
    },
  ];
  if (parts.some(contradicts)) return 'other-amounts';
  const echoed = parts.filter(({ echo }) => echo !== null).length;
  if (echoed === parts.length || (echoed === 0 && parts.every(addsUp))) return 'agrees';
  return 'unreadable';
}
