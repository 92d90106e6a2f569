import { AMOUNT_SCALE, type Amount, amount } from '../../preload/contract/index.ts';

const unit = 10n ** BigInt(AMOUNT_SCALE);
/** SQL's largest integer; CAST silently clamps anything above. */
const largest = 2n ** 63n - 1n;

/**
 * An amount as the integer text that SQL stores and sums, in ten-thousandths: `12.5` → `125000`.
 * Text, because a number would round above 2^53; bind it with `CAST(? AS INTEGER)`.
 * Throws on more decimals than the scale or more than 64 bits hold: the form refuses those first.
 */
export function toScaled(value: Amount): string {
  const negative = value.startsWith('-');
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > AMOUNT_SCALE) throw new RangeError(`more than ${AMOUNT_SCALE} decimals`);
  const scaled = BigInt(whole) * unit + BigInt(digits.padEnd(AMOUNT_SCALE, '0') || '0');
  const signed = negative ? -scaled : scaled;
  if (signed > largest || signed < -largest - 1n) throw new RangeError('more than SQL can hold');
  return String(signed);
}

/** The inverse: `125000` → `12.5`. Takes an integer as SQL writes it; throws on anything else. */
export function fromScaled(scaled: string): Amount {
  const isNegative = scaled.startsWith('-');
  const digits = (isNegative ? scaled.slice(1) : scaled).padStart(AMOUNT_SCALE + 1, '0');
  const fraction = digits.slice(-AMOUNT_SCALE).replace(/0+$/, '');
  const whole = digits.slice(0, -AMOUNT_SCALE);
  return amount(`${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`);
}
