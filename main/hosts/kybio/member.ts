import { type Amount, zeroAmount } from '../../../preload/contract/index.ts';
import type { HostMember } from '../port/member-host.ts';
import type { Parsed } from './read.ts';
import {
  fieldOf,
  isAbsent,
  isJavaLong,
  isJsonObject,
  readAmount,
  readSmallInteger,
  readText,
  readUid,
} from './values.ts';

// Only a blank record, which is no reading and takes no top-up, may lack a sum.
function sumOf(value: unknown, blank: boolean): Amount | null {
  return blank && isAbsent(value) ? zeroAmount : readAmount(value);
}

/**
 * Parses one member. `password` and unneeded fields are dropped (security check 26). A deleted member may be a blank
 * record with empty number and name; no `customerUid` means that there is no such member.
 */
export function parseMember(data: unknown): Parsed<HostMember> {
  if (data === null || data === undefined) return { kind: 'nothing' };
  if (!isJsonObject(data)) return { kind: 'unreadable' };
  const rawUid = fieldOf(data, 'customerUid');
  const number = readText(fieldOf(data, 'number'), 100);
  const name = readText(fieldOf(data, 'name'), 200);
  const blank = number === '' && name === '';
  if (isAbsent(rawUid)) return blank ? { kind: 'nothing' } : { kind: 'unreadable' };
  const customerUid = readUid(rawUid);
  const balance = sumOf(fieldOf(data, 'balance'), blank);
  const point = sumOf(fieldOf(data, 'point'), blank);
  if (customerUid === null || !isJavaLong(customerUid) || balance === null || point === null) {
    return { kind: 'unreadable' };
  }
  return {
    kind: 'value',
    value: {
      customerUid,
      number,
      name,
      categoryName: readText(fieldOf(data, 'categoryName'), 100),
      phone: readText(fieldOf(data, 'phone'), 40),
      balance,
      point,
      enable: readSmallInteger(fieldOf(data, 'enable')),
      expiryDate: readText(fieldOf(data, 'expiryDate'), 40) || null,
    },
  };
}

/**
 * Parses all members with one phone, also a single record in place of the list. One unreadable member makes the
 * answer unreadable: an incomplete picker leads to the wrong member.
 */
export function parseMembers(data: unknown): Parsed<readonly HostMember[]> {
  if (data === null || data === undefined) return { kind: 'nothing' };
  const members: HostMember[] = [];
  for (const row of Array.isArray(data) ? data : [data]) {
    const parsed = parseMember(row);
    if (parsed.kind === 'unreadable') return parsed;
    if (parsed.kind === 'value') members.push(parsed.value);
  }
  return members.length === 0 ? { kind: 'nothing' } : { kind: 'value', value: members };
}
