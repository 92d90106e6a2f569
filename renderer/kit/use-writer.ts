import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { subtractAmounts, zeroAmount } from '../../preload/contract/app/values.ts';
import type { Amount, Entry } from '../../preload/contract/index.ts';
import type { Writer } from './entry-words.ts';
import { money, plain, pluralCount, signed, somethingOf } from './format.ts';

export interface SumWriter extends Writer {
  /** The same with signs: `+ S$50.00 and + 50 points`. */
  readonly signed: (balance: Amount, point: Amount) => string;
  /** `+ S$50.00 and 50 points`, as one sum; what was paid and the bonus are never one figure. */
  readonly credit: (entry: Pick<Entry, 'balanceIncrement' | 'pointIncrement' | 'terms'>) => string;
  /** What was paid, `+ S$50.00`; the bonus, and `+ 50 points` where there is money too. */
  readonly sums: (entry: Entry) => {
    readonly main: string;
    readonly bonus: string | null;
    readonly more: string | null;
  };
}

/** How amounts are written in this till's currency and language. */
export function useWriter(currency: string, language: string): SumWriter {
  const { t } = useTranslation();
  return useMemo(() => {
    const asMoney = (value: Amount) => money(value, currency, language);
    const asPlain = (value: Amount) => plain(value, language);
    const asPoints = (value: Amount) => t('points', { count: pluralCount(value), points: asPlain(value) });
    const sign = (text: string) => signed(text.replace('−', '-'));
    // Within a sentence the sign must not be left behind at a line's end.
    const tight = (text: string) => sign(text).replace(' ', '\u00a0');
    const paidAndBonus = (balance: Amount, bonus: Amount | null) =>
      bonus === null || !somethingOf(bonus)
        ? asMoney(balance)
        : t('withBonus', { paid: asMoney(subtractAmounts(balance, bonus)), bonus: asMoney(bonus) });
    const both = (balance: Amount, point: Amount, bonus: Amount | null = null) => {
      if (!somethingOf(point)) return paidAndBonus(balance, bonus);
      if (!somethingOf(balance)) return asPoints(point);
      return t('form.thenBoth', { balance: paidAndBonus(balance, bonus), points: asPoints(point) });
    };
    const signedBoth = (balance: Amount, point: Amount) => {
      const points = tight(asPoints(point));
      if (!somethingOf(point)) return tight(asMoney(balance));
      if (!somethingOf(balance)) return points;
      return t('form.thenBoth', { balance: tight(asMoney(balance)), points });
    };
    return {
      money: asMoney,
      plain: asPlain,
      points: asPoints,
      both,
      signed: signedBoth,
      credit: ({ balanceIncrement, pointIncrement, terms }) => {
        const isTaken = balanceIncrement.startsWith('-') || pointIncrement.startsWith('-');
        return isTaken
          ? signedBoth(balanceIncrement, pointIncrement)
          : tight(both(balanceIncrement, pointIncrement, terms.bonus));
      },
      sums: (entry) => {
        const { balanceIncrement, pointIncrement, terms } = entry;
        const points = sign(asPoints(pointIncrement));
        if (!somethingOf(balanceIncrement)) return { main: points, bonus: null, more: null };
        const bonus = terms.bonus ?? zeroAmount;
        return {
          main: sign(asMoney(subtractAmounts(balanceIncrement, bonus))),
          bonus: somethingOf(bonus) ? t('bonusOf', { sum: asMoney(bonus) }) : null,
          more: somethingOf(pointIncrement) ? points : null,
        };
      },
    };
  }, [currency, language, t]);
}
