import { isPhone, PHONE_DIGITS } from '../hosts/port/index.ts';

// Digits of any script, with what people write between them; the first four of a date are no beginning, and an amount's
// last two no end.
const grouped =
  /(?<!\p{Nd})(?!\d{4}-\d{2}-\d{2}(?!\p{Nd}))[+＋]?[(（]?\p{Nd}(?:[\p{Zs}\p{Pd}()（）]{0,2}\p{Nd}){6,}(?!\p{Nd})(?!\.\p{Nd}{1,2}(?!\p{Nd}))/gu;
const dotted = /(?<![\p{Nd}.])[+＋]?\p{Nd}{1,4}(?:\.\p{Nd}{2,4}){2,4}(?![\p{Nd}.]\p{Nd})/gu;

/** More in a row are the id of something: no phone of the world has so many. */
const LONGEST = 15;
const SHOWN = 4;

function masked(found: string): string {
  const digits = Array.from(found.replace(/\P{Nd}/gu, ''));
  const isId = digits.length > LONGEST && found.includes(digits.join(''));
  return isId || digits.length < PHONE_DIGITS ? found : `•••• ${digits.slice(-SHOWN).join('')}`;
}

/** What somebody wrote, with the last four digits of each phone that stands in it. Rather hides too much. Pure. */
export const maskPhonesIn = (text: string): string => text.replace(grouped, masked).replace(dotted, masked);

/** Some shops give a member their phone for a card. */
export const isOwnPhone = (card: string, phone: string): boolean => phone !== '' && isPhone(phone, card);
