import type { MemberCard } from '../../../preload/contract/index.ts';
import { characters } from '../../kit/characters.ts';

/** Without case and accents, as names are looked for: `José` is found by `jose`. */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** What a person can type to tell members apart: the name, the number, and what is shown of the phone. */
const isFoundBy =
  (word: string) =>
  ({ name, number, maskedPhone }: MemberCard): boolean =>
    [name, number, maskedPhone.replace(/[^\d]/g, '')].some((text) => folded(text).includes(word));

/** Those that every typed word fits; all of them while nothing is typed. */
export function narrowed(members: readonly MemberCard[], typed: string): readonly MemberCard[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  return members.filter((member) => words.every((word) => isFoundBy(word)(member)));
}

const FEWEST_SHOWN = 4;

/**
 * Each member's number as it is shown in the list, by uid: masked, since others look at this screen, with as many
 * characters at its end as it takes to be no other's.
 */
export function numbersToTellApart(members: readonly MemberCard[]): ReadonlyMap<string, string> {
  const shownOf = (member: MemberCard): string => {
    const all = characters(member.number);
    const others = members
      .filter(({ number }) => number !== member.number)
      .map(({ number }) => folded(number));
    for (let count = FEWEST_SHOWN; count < all.length; count += 1) {
      const tail = all.slice(-count).join('');
      if (others.every((other) => !other.endsWith(folded(tail)))) return `•••• ${tail}`;
    }
    return member.number;
  };
  return new Map(members.map((member) => [member.customerUid, shownOf(member)]));
}

/** As many as one look-up answers with: there may be more than are shown. */
export const MOST_FOUND = 50;
