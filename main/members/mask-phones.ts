import { isPhone, PHONE_DIGITS } from '../hosts/port/index.ts';

// Digits of any script with usual separators; a date's first four are no start, an amount's last two no end.
const grouped =
  /(?<!\p{Nd})(?!\d{4}-\d{2}-\d{2}(?!\p{Nd}))[+＋]?[(（]?\p{Nd}(?:[\p{Zs}\p{Pd}()（）]{0,2}\p{Nd}){6,}(?!\p{Nd})(?!\.\p{Nd}{1,2}(?!\p{Nd}))/gu;
const dotted = /(?<![\p{Nd}.])[+＋]?\p{Nd}{1,4}(?:\.\p{Nd}{2,4}){2,4}(?![\p{Nd}.]\p{Nd})/gu;

/** Longer digit runs are ids: no phone is that long. */
const LONGEST = 15;
const SHOWN = 4;

function masked(found: string): string {
  const digits = Array.from(found.replace(/\P{Nd}/gu, ''));
  const isId = digits.length > LONGEST && found.includes(digits.join(''));
  return isId || digits.length < PHONE_DIGITS ? found : `•••• ${digits.slice(-SHOWN).join('')}`;
}

/** Masks each phone in a text, except its last four digits. Rather hides too much. Pure. */
export const maskPhonesIn = (text: string): string => text.replace(grouped, masked).replace(dotted, masked);

/** Some shops use the phone as card number. */
export const isOwnPhone = (card: string, phone: string): boolean => phone !== '' && isPhone(phone, card);
