import { useTranslation } from 'react-i18next';
import { ScreenFrame } from '../../frame/index.ts';

/** The account behind the till: calls, check-up, key. */
export function KybioScreen() {
  const { t } = useTranslation();
  return (
    <ScreenFrame title={t('desk.places.kybio')} lead={t('desk.kybioLead')}>
      {null}
    </ScreenFrame>
  );
}
