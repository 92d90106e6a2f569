import { useTranslation } from 'react-i18next';
import { dateFormat, isZeroAmount, negateAmount } from '../../../preload/contract/app/values.ts';
import type { Amount } from '../../../preload/contract/index.ts';
import { storeMoment } from '../../kit/format.ts';
import type { Tone } from '../../kit/phrase.ts';
import { tenderWords } from '../../kit/tender-words.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { useTill } from '../../shared/topics.ts';
import { thatDiffer, type Variance } from './figures.ts';

/** `Thu 26 Nov`. */
function dayWords(day: string, locale: string): string {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms)) return day;
  return dateFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' }).format(ms);
}

/** A match needs no colour. */
export const varianceTone = (variance: Amount): Tone => (isZeroAmount(variance) ? 'good' : 'warn');

export function useDay() {
  const { t } = useTranslation();
  const till = useTill();
  const { currency, language, storeTimeZone } = till;
  const write = useWriter(currency, language);
  const nameOf = (tender: string | null) => (tender === null ? t('shifts.noTender') : tenderWords(t, tender));
  const variance = (off: Amount): string => {
    if (isZeroAmount(off)) return t('shifts.matches');
    return off.startsWith('-')
      ? t('shifts.short', { sum: write.money(negateAmount(off)) })
      : t('shifts.over', { sum: write.money(off) });
  };
  return {
    t,
    till,
    write,
    moment: (ms: number) => storeMoment(ms, Date.now(), storeTimeZone, language),
    day: (day: string) => dayWords(day, language),
    tender: nameOf,
    variance,
    /** Those that differ, by name. */
    variances: (of: readonly Variance[]): string => {
      const off = thatDiffer(of).map((one) =>
        t('shifts.offBy', { tender: nameOf(one.tender), off: variance(one.variance) }),
      );
      return off.length === 0 ? t('shifts.matches') : off.join(t('app.separator'));
    },
  };
}
