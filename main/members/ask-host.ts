import type { CallPurpose } from '../hosts/calls/index.ts';
import { isRefusedInWords } from '../hosts/link/index.ts';
import { type HostMember, isBlank, isPhone, PHONE_DIGITS } from '../hosts/port/index.ts';
import type { KnownMember } from './directory-repository.ts';
import { foldNumber, narrowed, phoneDigits } from './fold.ts';
import type { MemberReader, ReadResult } from './member-reader.ts';

/** The members KYBIO has just named. */
export interface Named {
  readonly members: readonly HostMember[];
  /** One member, with exactly this card or alone with this whole phone: nobody need pick. */
  readonly isSure: boolean;
}

/** KYBIO's answer, or why it named nobody; `changed`: it named others than were queried. */
export type HostAnswer = ReadResult<Named> | { readonly ok: false; readonly error: 'changed' };

/** The directory's members for a query. */
export interface DirectoryMatches {
  /** With exactly this card; several where it changed hands. */
  readonly byCard: readonly KnownMember[];
  /** With this whole phone. */
  readonly byPhone: readonly KnownMember[];
  /** Possible matches: by that phone, by the card in another case, by parts of the name. */
  readonly candidates: readonly KnownMember[];
}

export function sortMatches(query: string, members: readonly KnownMember[]): DirectoryMatches {
  const digits = phoneDigits(narrowed(query));
  const byCard = members.filter(({ number }) => number === query);
  const candidates = members.filter((member) => !byCard.includes(member));
  const isWhole = ({ phone }: KnownMember): boolean => digits !== null && phoneDigits(phone) === digits;
  return { byCard, byPhone: candidates.filter(isWhole), candidates };
}

/** The holder of exactly this card, or, if no such card exists, of this whole phone; null where nobody or several match. */
export function ownerOf({ byCard, byPhone }: DirectoryMatches): KnownMember | null {
  const [only, ...others] = byCard.length > 0 ? byCard : byPhone;
  return only === undefined || others.length > 0 ? null : only;
}

export const isUninformative = (error: Exclude<HostAnswer, { ok: true }>['error']): boolean =>
  error !== 'changed' && (error.kind === 'nothing' || isRefusedInWords(error));

async function askCard(reader: MemberReader, card: string, purpose: CallPurpose): Promise<HostAnswer> {
  const answer = await reader.byNumber(card, purpose);
  if (!answer.ok) return answer;
  const number = answer.value.number.trim();
  // A host may compare without case and return another card, which a person must pick.
  if (foldNumber(number) !== foldNumber(card)) return { ok: false, error: 'changed' };
  return { ok: true, value: { members: [answer.value], isSure: number === card } };
}

async function askPhone(
  reader: MemberReader,
  phone: string,
  { byPhone }: DirectoryMatches,
  purpose: CallPurpose,
): Promise<HostAnswer> {
  const answer = await reader.byPhone(phone, purpose);
  if (!answer.ok) return answer;
  const members = answer.value;
  if (!members.every((member) => isBlank(member) || isPhone(member.phone, phone)))
    return { ok: false, error: 'changed' };
  const [only, ...others] = members;
  const isSure =
    only !== undefined &&
    others.length === 0 &&
    phoneDigits(only.phone) === phoneDigits(phone) &&
    byPhone.every(({ customerUid }) => customerUid === only.customerUid);
  return { ok: true, value: { members, isSure } };
}

/**
 * Queries everything as a card first, exactly as read: a similar name, phone or card in the directory does not say
 * whose card it is. If no such card exists, full-width characters are narrowed, since an input method types them too;
 * then a phone is queried, and a person picks whatever did not match exactly.
 */
export async function askHost(
  reader: MemberReader,
  query: string,
  kept: DirectoryMatches,
  purpose: CallPurpose,
): Promise<HostAnswer> {
  const asRead = await askCard(reader, query, purpose);
  if (asRead.ok || !isUninformative(asRead.error)) return asRead;
  const typed = narrowed(query);
  const answer = typed === query ? asRead : await askCard(reader, typed, purpose);
  if (answer.ok) return kept.byCard.length === 0 ? answer : toPick(answer.value);
  if (!isUninformative(answer.error)) return answer;
  const digits = phoneDigits(typed);
  const isLong = digits !== null && digits.length >= PHONE_DIGITS;
  const phone = kept.byPhone[0]?.phone ?? (isLong ? digits : null);
  if (phone === null) return answer;
  const found = await askPhone(reader, phone, kept, purpose);
  // A host without the call refuses it, which adds nothing to the first answer.
  const isAnswered = found.ok || found.error === 'changed' || found.error.kind === 'not-connected';
  if (!isAnswered) return answer;
  return found.ok && typed !== query ? toPick(found.value) : found;
}

const toPick = ({ members }: Named): HostAnswer => ({ ok: true, value: { members, isSure: false } });
