import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Amount, Entry } from '../../preload/contract/index.ts';
import type { Writer } from './entry-words.ts';
import { money, plain, pluralCount, signed, somethingOf } from './format.ts';

export interface SumWriter extends Writer {
  /** The same with signs: `+ S$50.00 and + 50 points`. */
  readonly signed: (balance: Amount, point: Amount) => string;
  /** `+ S$50.00 and 50 points`, as one sum. */
  readonly credit: (balance: Amount, point: Amount) => string;
  /** `+ S$50.00`, and `+ 50 points` where there is money too. */
  readonly sums: (entry: Entry) => { readonly main: string; readonly more: string | null };
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
    const both = (balance: Amount, point: Amount) => {
      if (!somethingOf(point)) return asMoney(balance);
      if (!somethingOf(balance)) return asPoints(point);
      return t('form.thenBoth', { balance: asMoney(balance), points: asPoints(point) });
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
      credit: (balance, point) => {
        const isTaken = balance.startsWith('-') || point.startsWith('-');
        return isTaken ? signedBoth(balance, point) : tight(both(balance, point));
      },
      sums: (entry) => {
        const points = sign(asPoints(entry.pointIncrement));
        if (!somethingOf(entry.balanceIncrement)) return { main: points, more: null };
        return {
          main: sign(asMoney(entry.balanceIncrement)),
          more: somethingOf(entry.pointIncrement) ? points : null,
        };
      },
    };
  }, [currency, language, t]);
}
