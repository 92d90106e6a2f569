import { useTranslation } from 'react-i18next';
import { Button } from '../kit/button.tsx';
import { till as bridge } from './bridge.ts';

/** Where the file that was just saved lies. */
export function ShowSaved() {
  const { t } = useTranslation();
  return <Button onPress={() => void bridge.appShowSaved({})}>{t('common.showSaved')}</Button>;
}
