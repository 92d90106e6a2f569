import type { Entry, MemberCard } from '../../preload/contract/index.ts';
import { type MemberSums, shownName, shownNumber } from '../ledger/shown/index.ts';
import type { KnownMember } from './directory-repository.ts';
import { maskPhone, memberStatus } from './member-status.ts';

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
