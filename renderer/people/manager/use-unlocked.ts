import { useTranslation } from 'react-i18next';
import { storeMoment } from '../../kit/format.ts';
import { useTill, useTopic } from '../../shared/topics.ts';

/** Says that a manager has unlocked the till, and until when; null while each act asks for the PIN. */
export function useUnlocked(): string | null {
  const { t } = useTranslation();
  const till = useTill();
  const untilMs = useTopic('managerUnlockedUntilMs');
  if (untilMs === null) return null;
  return t('manager.unlocked', { time: storeMoment(untilMs, Date.now(), till.storeTimeZone, till.language) });
}
