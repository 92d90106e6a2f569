import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { useTill } from '../../shared/topics.ts';
import { acknowledgeEntry, enterAgain, openAgain } from './again.ts';
import { canBeEnteredAgain } from './top-up.ts';

/** After a refusal: enter again what can be typed, once, or acknowledge. */
export function RefusedActs({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const till = useTill();
  return (
    <>
      {canBeEnteredAgain(entry) && (
        <Button onPress={() => enterAgain(entry, till)}>{t('entry.again')}</Button>
      )}
      {entry.enteredAgain !== null && (
        <Button onPress={() => openAgain(entry.enteredAgain)}>
          {t('entry.enteredAgain', { reference: entry.enteredAgain.reference })}
        </Button>
      )}
      {entry.needsAcknowledgement && (
        <Button onPress={() => acknowledgeEntry(entry)}>{t('entry.seen')}</Button>
      )}
    </>
  );
}
