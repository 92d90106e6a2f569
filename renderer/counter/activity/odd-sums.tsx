import { useTranslation } from 'react-i18next';
import { zeroAmount } from '../../../preload/contract/app/values.ts';
import type { ShownOddSums } from '../../../preload/contract/index.ts';
import { storeMoment } from '../../kit/format.ts';
import { Note } from '../../kit/note.tsx';
import { useWriter } from '../../kit/use-writer.ts';
import { useTill } from '../../shared/topics.ts';

export function OddSums({ notes }: { readonly notes: readonly ShownOddSums[] }) {
  const { t } = useTranslation();
  const { currency, language, storeTimeZone } = useTill();
  const write = useWriter(currency, language);
  return notes.map(({ kind, atMs, off }) => (
    <Note key={`${kind} ${atMs}`} tone="neutral">
      {t(`oddSums.${kind}`, {
        sum: write.signed(off.balance ?? zeroAmount, off.point ?? zeroAmount),
        time: storeMoment(atMs, Date.now(), storeTimeZone, language),
      })}
    </Note>
  ));
}
