import { useTranslation } from 'react-i18next';
import type { ShopChange } from '../../../preload/contract/index.ts';
import { Facts } from '../../kit/facts.tsx';
import { wholeDay } from '../../kit/format.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { useTill } from '../../shared/topics.ts';
import { changeWords } from './change-words.ts';

/** What a configuration changes at this till, line by line. */
export function Changes({ changes }: { readonly changes: readonly ShopChange[] }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = {
    ...useWriter(till.currency, till.language),
    day: (day: string) => wholeDay(day, till.language),
  };
  if (changes.length === 0) return <p>{t('chain.noChanges')}</p>;
  return <Facts facts={changes.flatMap((change) => changeWords(t, change, write))} />;
}
