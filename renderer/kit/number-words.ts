import { formatPlain, padAmount, parseAmount } from '../../preload/contract/app/values.ts';
import type { Amount, AmountProblem, AmountRules } from '../../preload/contract/index.ts';
import type { Phrase } from './phrase.ts';

/** A typed number and the local number format. */
export interface TypedNumber {
  readonly typed: string;
  readonly rules: Omit<AmountRules, 'cap'>;
  readonly locale: string;
}

const ANY_AMOUNT = '1000000000000' as Amount;

/** An amount as it is written here, for an example: `12.50`, `12,50`, or `12` where there are no decimals. */
export const sampleAmount = (decimals: number, locale: string): string =>
  decimals === 0 ? '12' : formatPlain(padAmount('12.5' as Amount, decimals), locale);

const markNames: Readonly<Record<string, string>> = { '.': 'point', ',': 'comma' };

const otherSeparator = (separator: string) => (separator === ',' ? '.' : ',');

/** Parses with the other convention's separators; null where that gives no number either. */
function readTheOtherWay({ typed, rules }: TypedNumber): Amount | null {
  const parsed = parseAmount(typed, {
    decimals: rules.decimals,
    cap: ANY_AMOUNT,
    groupSeparator: rules.decimalSeparator,
    decimalSeparator: otherSeparator(rules.decimalSeparator),
  });
  return parsed.ok ? parsed.value : null;
}

/**
 * Explains a number written in another country's format, with its local form. What `1,250` means is never guessed:
 * the person types it again. Null where that is not the problem.
 */
export function wrongSeparator(number: TypedNumber, problem: AmountProblem): Phrase | null {
  const { decimalSeparator, groupSeparator } = number.rules;
  const decimal = markNames[decimalSeparator];
  if (decimal === undefined) return null;
  if (problem !== 'not-a-number' && problem !== 'too-many-decimals') return null;
  const meant = readTheOtherWay(number);
  if (meant === null) return null;
  const kind = problem === 'not-a-number' ? 'decimal' : 'thousands';
  const only = groupSeparator === otherSeparator(decimalSeparator) ? '' : '-only';
  return {
    key: `wrongSeparator.${kind}.${decimal}${only}`,
    values: { sample: formatPlain(meant, number.locale) },
  };
}
