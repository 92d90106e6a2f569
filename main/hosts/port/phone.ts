const digitsOf = (phone: string): string => phone.replace(/\D/g, '');

/** As many digits are a phone's own, whatever country's prefix stands before them. */
export const PHONE_DIGITS = 7;

/** A host may hide all but the end of a phone. */
const SHOWN_DIGITS = 4;

/** With and without a country's prefix it is the same phone; one that is masked, by the digits at its end. */
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
