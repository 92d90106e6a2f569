import { useTranslation } from 'react-i18next';
import { amount, isZeroAmount } from '../../../preload/contract/app/values.ts';
import type { Period, Span, Variance } from '../../../preload/contract/index.ts';
import { storeMoment, wholeDay } from '../../kit/format.ts';
import type { Tone } from '../../kit/phrase.ts';
import { tenderWords } from '../../kit/tender-words.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { useTill } from '../../shared/topics.ts';
import { periodWords, shortDay } from './owner-words.ts';

export function useOwnerWords() {
  const { t } = useTranslation();
  const { currency, language, storeTimeZone, name } = useTill();
  const write = useWriter(currency, language);
  const count = (value: number): string => write.plain(amount(String(value)));
  return {
    t,
    language,
    currency,
    storeTimeZone,
    /** This till's name. */
    till: name,
    write,
    count,
    /** The values for plural forms, with the number formatted. */
    told: (value: number) => ({ count: value, number: count(value) }),
    day: (day: string) => shortDay(day, language),
    /** A clock may be wrong by a year. */
    wholeDay: (day: string) => wholeDay(day, language),
    namedDay: (day: string) => periodWords({ from: day, to: day }, 'day', language),
    stretch: (stretch: Pick<Period, 'from' | 'to'>, span: Span) => periodWords(stretch, span, language),
    moment: (ms: number) => storeMoment(ms, Date.now(), storeTimeZone, language),
    tender: (tender: string | null) => (tender === null ? t('owner.noTender') : tenderWords(t, tender)),
    variance: (variance: Variance | null): { readonly said: string; readonly tone: Tone } => {
      if (variance === null) return { said: t('owner.notCounted'), tone: 'neutral' };
      const off = (['short', 'over'] as const)
        .filter((way) => !isZeroAmount(variance[way]))
        .map((way) => t(`owner.${way}`, { sum: write.money(variance[way]) }));
      if (off.length === 0) return { said: t('owner.matches'), tone: 'good' };
      return { said: off.join(t('app.separator')), tone: 'warn' };
    },
  };
}
