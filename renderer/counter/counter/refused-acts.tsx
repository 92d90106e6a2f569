import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { useTill } from '../../shared/topics.ts';
import { acknowledgeEntry, enterAgain } from './again.ts';

/** After a refusal: enter again, or acknowledge. */
export function RefusedActs({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const till = useTill();
  return (
    <>
      <Button onPress={() => enterAgain(entry, till)}>{t('entry.again')}</Button>
      {entry.needsAcknowledgement && (
        <Button onPress={() => acknowledgeEntry(entry)}>{t('entry.seen')}</Button>
      )}
    </>
  );
}
