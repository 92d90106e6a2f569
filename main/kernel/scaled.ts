import { AMOUNT_SCALE, type Amount, amount } from '../../preload/contract/index.ts';
import { exact, plainOf, plus } from '../../preload/contract/kernel/exact.ts';

/** SQL's largest integer; CAST silently clamps anything above. */
const largest = 2n ** 63n - 1n;

/**
 * An amount as the integer text that SQL stores and sums, in ten-thousandths: `12.5` → `125000`.
 * Text, because a number would round above 2^53; bind it with `CAST(? AS INTEGER)`.
 * Throws on more decimals than the scale or more than 64 bits hold: the form refuses those first.
 */
export function toScaled(value: Amount): string {
  const written = exact(value);
  const shortest = written.places > AMOUNT_SCALE ? exact(plainOf(written)) : written;
  if (shortest.places > AMOUNT_SCALE) throw new RangeError(`more than ${AMOUNT_SCALE} decimals`);
  const { units } = plus(shortest, { units: 0n, places: AMOUNT_SCALE });
  if (units > largest || units < -largest - 1n) throw new RangeError('more than SQL can hold');
  return String(units);
}

/** The inverse: `125000` → `12.5`. Takes an integer as SQL writes it; throws on anything else. */
export const fromScaled = (scaled: string): Amount =>
  amount(plainOf({ units: BigInt(scaled), places: AMOUNT_SCALE }));
