import type { MemberCard } from '../../../preload/contract/index.ts';
import { characters } from '../../kit/characters.ts';

/** Without case and accents: `jose` finds `José`. */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Matches name, number and the shown part of the phone. */
const isFoundBy =
  (word: string) =>
  ({ name, number, maskedPhone }: MemberCard): boolean =>
    [name, number, maskedPhone.replace(/[^\d]/g, '')].some((text) => folded(text).includes(word));

/** Members that match every word; all if nothing is typed. */
export function narrowed(members: readonly MemberCard[], typed: string): readonly MemberCard[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  return members.filter((member) => words.every((word) => isFoundBy(word)(member)));
}

const FEWEST_SHOWN = 4;

/** By uid, each number masked, since others see this screen, with as many final characters as distinguish it. */
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

/** The limit of a look-up's answer: there may be more. */
export const MOST_FOUND = 50;
