import { type EntrySums, type MemberCard, zeroAmount } from '../../preload/contract/index.ts';
import type { Sums } from '../outbox/outbox-repository.ts';
import type { KnownMember } from './directory-repository.ts';
import { maskPhone, memberStatus } from './member-status.ts';

const noEntries: EntrySums = { entries: 0, balance: zeroAmount, point: zeroAmount };

/** What a cashier sees of a member's card number and name. */
export const shownNumber = (number: string): string => number.slice(0, 100);
export const shownName = (name: string): string => name.slice(0, 200);

/** A member as the counter sees one: the phone masked, what waits on this till told beside. */
export function memberCard(
  member: KnownMember,
  source: MemberCard['source'],
  waiting: Sums,
  today: string,
): MemberCard {
  return {
    customerUid: member.customerUid,
    number: shownNumber(member.number),
    name: shownName(member.name),
    categoryName: member.categoryName.slice(0, 100),
    maskedPhone: maskPhone(member.phone),
    balance: member.balance,
    point: member.point,
    status: memberStatus(member, today),
    expiryDate: member.expiryDate?.slice(0, 40) ?? null,
    asOfMs: member.asOfMs,
    source,
    waiting,
    checking: noEntries,
    review: noEntries,
    refused: noEntries,
    recent: [],
  };
}
