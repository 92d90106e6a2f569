import {
  type Amount,
  addAmounts,
  compareAmounts,
  decimalsOf,
  isZeroAmount,
} from '../../../preload/contract/index.ts';
import { compare, exact, minus } from '../../../preload/contract/kernel/exact.ts';
import type { ExpectedIncrement, IncrementReply } from '../port/member-host.ts';
import { sameMember } from '../port/member-id.ts';
import { fieldOf, isAbsent, isJsonObject, type JsonObject, readAmount, readText, readUid } from './values.ts';

/** A parsed reply to an increment: its sums, the increments it echoes, and contradictions. */
export interface ReadIncrementReply {
  readonly reply: IncrementReply;
  readonly balanceIncrement: Amount | null;
  readonly pointIncrement: Amount | null;
  /** A field is present and cannot be parsed. */
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

// Some hosts misspell it; a public client reads `customrUid` too.
const uidOf = (data: JsonObject): unknown => fieldOf(data, 'customerUid') ?? fieldOf(data, 'customrUid');

/** Parses an increment reply's data; null where there is none. Its times are stored, never compared. */
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

const isExactly = (before: Amount, increment: Amount, after: Amount): boolean =>
  compareAmounts(addAmounts(before, increment), after) === 0;

/**
 * Whether before and after agree with the increment; true where one is missing. A host with fewer decimals truncates
 * or rounds both alike, so they may differ by less than one unit of their own last decimal; otherwise they must match
 * exactly.
 */
export function sumsAgree(before: Amount | null, after: Amount | null, increment: Amount): boolean {
  if (before === null || after === null || isExactly(before, increment, after)) return true;
  const [was, is] = [exact(before), exact(after)];
  const decimals = Math.max(was.places, is.places);
  if (decimalsOf(increment) <= decimals) return false;
  const { units, places } = minus(minus(is, was), exact(increment));
  return compare({ units: units < 0n ? -units : units, places }, { units: 1n, places: decimals }) < 0;
}

/** A reply's values of balance or points. */
interface PartInReply {
  readonly before: Amount | null;
  readonly after: Amount | null;
  readonly echo: Amount | null;
  readonly expected: Amount;
}

const contradicts = ({ before, after, echo, expected }: PartInReply): boolean =>
  (echo !== null && compareAmounts(echo, expected) !== 0) || !sumsAgree(before, after, expected);

/** Echoed, or shown by both sums to the last digit. A part that was not moved need not be told of. */
const isShown = ({ before, after, echo, expected }: PartInReply): boolean =>
  isZeroAmount(expected) ||
  echo !== null ||
  (before !== null && after !== null && isExactly(before, expected, after));

/**
 * Compares a success with what was sent: it agrees, names another member or amounts, or is incomplete. It is
 * incomplete without a member, or where it does not show what was moved. Its times decide nothing.
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
  return parts.every(isShown) ? 'agrees' : 'unreadable';
}
