import { isRefusedInWords } from '../link/read-failure.ts';
import type { HostMember } from '../outbox/member-host.ts';
import type { KnownMember } from './directory-repository.ts';
import { foldNumber, phoneDigits } from './fold.ts';
import type { MemberReader, ReadResult } from './member-reader.ts';
import { isPhone, PHONE_DIGITS } from './phone.ts';

/** The members as KYBIO has just sent them, or why it sent none; `changed`: of others than were asked for. */
export type Asked = ReadResult<readonly HostMember[]> | { readonly ok: false; readonly error: 'changed' };

/** What the directory knows under a query: by the card's number, by a phone, or by a name. */
export interface Kept {
  readonly byNumber: readonly KnownMember[];
  readonly byPhone: readonly KnownMember[];
  readonly byName: readonly KnownMember[];
}

export function sortKept(query: string, members: readonly KnownMember[]): Kept {
  const digits = phoneDigits(query);
  const byNumber = members.filter(({ number }) => number !== '' && isNumber(number, query));
  const rest = members.filter((member) => !byNumber.includes(member));
  const byPhone = rest.filter(({ phone }) => phone !== '' && (phone === digits || phone === query));
  return { byNumber, byPhone, byName: rest.filter((member) => !byPhone.includes(member)) };
}

/**
 * Several who are not one family and not one card that changed hands: a person picks, KYBIO cannot. Numbers that
 * differ by case alone are two cards.
 */
export function isForPicker({ byNumber, byPhone, byName }: Kept): boolean {
  const cards = new Set(byNumber.map(({ number }) => number)).size;
  const kinds = [byNumber, byPhone, byName].filter((members) => members.length > 0).length;
  return cards > 1 || kinds > 1 || byName.length > 1;
}

const isNumber = (number: string, asked: string): boolean => foldNumber(number) === foldNumber(asked);

/** A deleted member may be answered as a blank record; nobody is credited by it. */
const isBlank = ({ number, name }: HostMember): boolean => number.trim() === '' && name.trim() === '';

function asList(answer: ReadResult<HostMember>, fits: (member: HostMember) => boolean): Asked {
  if (!answer.ok) return answer;
  return isBlank(answer.value) || fits(answer.value)
    ? { ok: true, value: [answer.value] }
    : { ok: false, error: 'changed' };
}

const saysNothing = (answer: Asked): boolean =>
  !answer.ok &&
  answer.error !== 'changed' &&
  (answer.error.kind === 'nothing' || isRefusedInWords(answer.error));

/**
 * One call where one is enough. What was typed is a card first, then a phone, unless the directory knows it as a
 * phone; a family's phone gives several. A name is looked up in the directory only.
 */
export async function askHost(reader: MemberReader, query: string, kept: Kept): Promise<Asked> {
  const digits = phoneDigits(query);
  const { byNumber, byPhone, byName } = kept;
  const [only] = byPhone.length === 1 ? byPhone : byNumber.length === 0 ? byName : [];
  const askNumber = async (number: string) =>
    asList(await reader.byNumber(number, 'look-up'), (member) => isNumber(member.number, number));
  const askPhone = async (phone: string): Promise<Asked> => {
    const answer = await reader.byPhone(phone, 'look-up');
    if (!answer.ok || answer.value.every((member) => isBlank(member) || isPhone(member.phone, phone)))
      return answer;
    return { ok: false, error: 'changed' };
  };
  /** The one whom the directory means, by whatever it is called there. */
  const askFor = async ({ customerUid, number }: KnownMember) => {
    const answer =
      number === '' ? await reader.byUid(customerUid, 'look-up') : await reader.byNumber(number, 'look-up');
    return asList(answer, (member) => member.customerUid === customerUid);
  };

  if (byPhone.length > 0 && byNumber.length === 0) {
    const found = await askPhone(byPhone[0]?.phone ?? query);
    return saysNothing(found) && only !== undefined ? askFor(only) : found;
  }
  if (only !== undefined) return askFor(only);
  const answer = await askNumber(byNumber[0]?.number ?? query);
  if (!saysNothing(answer) || digits === null || digits.length < PHONE_DIGITS) return answer;
  const found = await askPhone(digits);
  // A host that lacks the call refuses it: that says no more than the first answer did.
  const isAnswered = found.ok || found.error === 'changed' || found.error.kind === 'not-connected';
  return isAnswered ? found : answer;
}
