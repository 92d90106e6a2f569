import type { Entry, MemberCard } from '../../preload/contract/index.ts';
import type { MemberSums } from '../outbox/outbox-sums.ts';
import type { KnownMember } from './directory-repository.ts';
import { maskPhone, memberStatus } from './member-status.ts';

/** What a cashier sees of a member's card number. */
export const shownNumber = (number: string): string => number.slice(0, 100);

const breaks = /[\p{Cc}\u2028\u2029]+/gu;
/** They are not seen themselves, and turn or hide what stands beside them; what joins letters is none of them. */
const unseen = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A name stands in one line with sums, which it must not turn about: `S$120.00` was read as `00.021$S`. */
export const shownName = (name: string): string =>
  name.replace(breaks, ' ').replace(unseen, '').trim().slice(0, 200);

/** What this till has of a member that is not KYBIO's. */
export interface OfThisTill {
  readonly sums: MemberSums;
  /** The newest entries, newest first. */
  readonly recent: readonly Entry[];
}

/** A member as the counter sees one: the phone masked, what this till has for the member told beside. */
export function memberCard(
  member: KnownMember,
  source: MemberCard['source'],
  { sums, recent }: OfThisTill,
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
    ...sums,
    recent: [...recent],
  };
}
