const digitsOf = (phone: string): string => phone.replace(/\D/g, '');

/** So many digits identify a phone, whatever the country prefix. */
export const PHONE_DIGITS = 7;

/** A host may mask all but the last digits. */
const SHOWN_DIGITS = 4;

/** Whether two phones are the same, with or without country prefix; a masked one by its last digits. */
export function isPhone(replied: string, asked: string): boolean {
  const wanted = digitsOf(asked);
  if (wanted === '') return false;
  if (replied.includes('*')) {
    const shown = digitsOf(replied.slice(replied.lastIndexOf('*')));
    return shown.length >= SHOWN_DIGITS && wanted.endsWith(shown);
  }
  const digits = digitsOf(replied);
  if (digits === wanted) return true;
  const [shorter, longer] = digits.length < wanted.length ? [digits, wanted] : [wanted, digits];
  return shorter.length >= PHONE_DIGITS && longer.endsWith(shorter);
}
