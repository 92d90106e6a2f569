import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { useTill } from '../../shared/topics.ts';
import { acknowledgeEntry, enterAgain } from './again.ts';
import { canBeTyped } from './top-up.ts';

/** After a refusal: enter again what can be typed, or acknowledge. */
export function RefusedActs({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const till = useTill();
  return (
    <>
      {canBeTyped(entry) && <Button onPress={() => enterAgain(entry, till)}>{t('entry.again')}</Button>}
      {entry.needsAcknowledgement && (
        <Button onPress={() => acknowledgeEntry(entry)}>{t('entry.seen')}</Button>
      )}
    </>
  );
}
