import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';

/** Converts full-width digits and trims spaces; changes nothing else. */
export const normalisePin = (typed: string): string =>
  typed.trim().replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));

const wellKnown: ReadonlySet<string> = new Set(['2580', '0852', '1122', '1004']);

const isOneBlockRepeated = (pin: string): boolean =>
  Array.from({ length: Math.floor(pin.length / 2) }, (_, index) => pin.slice(0, index + 1)).some(
    (block) => pin.length % block.length === 0 && block.repeat(pin.length / block.length) === pin,
  );

function isRun(pin: string): boolean {
  const steps = Array.from(pin.slice(1), (digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10);
  return steps.every((step) => step === 1) || steps.every((step) => step === 9);
}

/**
 * Normalises and checks a new PIN: 4 to 12 digits, none of the first that anyone tries (1111, 1212, 1234, 9876,
 * 2580). `details.rule` says which rule it breaks: `digits` or `easy`.
 */
export function checkNewPin(typed: string): Result<string> {
  const pin = normalisePin(typed);
  if (!/^\d{4,12}$/.test(pin)) return err(appError('manager-pin-weak', { rule: 'digits' }));
  if (wellKnown.has(pin) || isOneBlockRepeated(pin) || isRun(pin)) {
    return err(appError('manager-pin-weak', { rule: 'easy' }));
  }
  return ok(pin);
}
