/** No exponent, no separators, e.g. `-12.50`; no more digits than any host answers with. */
export const plainDecimal = /^-?(0|[1-9]\d{0,29})(\.\d{1,20})?$/;

/** A decimal as a count of its last place: exact however long it is. Nothing here ever divides or rounds. */
export interface Exact {
  readonly units: bigint;
  readonly places: number;
}

/** Throws on anything but a plain decimal: `BigInt` would take nothing for nought. */
export function exact(plain: string): Exact {
  if (!plainDecimal.test(plain)) throw new RangeError('no plain decimal');
  const [whole = '', fraction = ''] = plain.split('.');
  return { units: BigInt(whole + fraction), places: fraction.length };
}

/** The same value counted in a smaller last place. */
const inPlaces = ({ units, places }: Exact, wanted: number): bigint => units * 10n ** BigInt(wanted - places);

export function plus(left: Exact, right: Exact): Exact {
  const places = Math.max(left.places, right.places);
  return { units: inPlaces(left, places) + inPlaces(right, places), places };
}

export const minus = (left: Exact, { units, places }: Exact): Exact => plus(left, { units: -units, places });

/** −1, 0 or 1. */
export function compare(left: Exact, right: Exact): number {
  const { units } = minus(left, right);
  return units === 0n ? 0 : units < 0n ? -1 : 1;
}

export const isZero = ({ units }: Exact): boolean => units === 0n;

/** As a plain decimal with as many decimals as it takes, and at least so many. A nought has no sign. */
export function plainOf({ units, places }: Exact, atLeast = 0): string {
  const isNegative = units < 0n;
  const digits = String(isNegative ? -units : units).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits
    .slice(digits.length - places)
    .replace(/0+$/, '')
    .padEnd(atLeast, '0');
  return `${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : '.'}${fraction}`;
}

/** How many decimals it takes. */
export const placesOf = (value: Exact): number => plainOf(value).split('.')[1]?.length ?? 0;
