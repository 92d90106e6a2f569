import { type Amount, amount } from '../../../preload/contract/index.ts';
import { exact, plainOf } from '../../../preload/contract/kernel/exact.ts';

export interface Share {
  readonly value: Amount;
  /** Rounded down. */
  readonly isRounded: boolean;
}

const powerOfTen = (places: number): bigint => 10n ** BigInt(places);

/**
 * `value` × `part` ÷ `whole`, rounded down to `places`. Throws a RangeError on negative values and a `whole` of zero.
 */
export function shareOf(value: Amount, part: Amount, whole: Amount, places: number): Share {
  const [v, p, w] = [exact(value), exact(part), exact(whole)];
  if (v.units < 0n || p.units < 0n || w.units <= 0n) throw new RangeError('no share of it');
  const above = v.units * p.units * powerOfTen(places + w.places);
  const below = w.units * powerOfTen(v.places + p.places);
  return {
    value: amount(plainOf({ units: above / below, places })),
    isRounded: above % below !== 0n,
  };
}
