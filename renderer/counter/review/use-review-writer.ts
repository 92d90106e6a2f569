import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { storeMoment, storeSecond } from '../../kit/format.ts';
import { memberNameOf } from '../../kit/member-name.ts';
import { personWords } from '../../kit/person-words.ts';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import { useTill } from '../../shared/topics.ts';
import type { ReviewWriter } from './review-words.ts';

export interface FullWriter extends SumWriter, ReviewWriter {
  readonly nameOf: (entry: Entry) => string;
  readonly sumOf: (entry: Entry) => string;
}

export function useReviewWriter(): FullWriter {
  const { t } = useTranslation();
  const { currency, language, storeTimeZone } = useTill();
  const write = useWriter(currency, language);
  return useMemo(
    () => ({
      ...write,
      minute: (ms) => storeMoment(ms, Date.now(), storeTimeZone, language),
      second: (ms) => storeSecond(ms, Date.now(), storeTimeZone, language),
      person: (actor) => personWords(t, actor),
      nameOf: (entry) => memberNameOf(t, entry),
      // A reversal shows its sign.
      sumOf: ({ kind, balanceIncrement, pointIncrement, terms }) =>
        kind === 'reversal'
          ? write.signed(balanceIncrement, pointIncrement)
          : write.both(balanceIncrement, pointIncrement, terms.bonus),
    }),
    [t, write, language, storeTimeZone],
  );
}
