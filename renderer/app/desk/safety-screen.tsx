import { useTranslation } from 'react-i18next';
import { ScreenFrame } from '../../frame/index.ts';
import { BackupsPart } from '../../safety/backups/index.ts';

/** What is kept, where, and how it comes back. */
export function SafetyScreen() {
  const { t } = useTranslation();
  return (
    <ScreenFrame title={t('desk.places.safety')} lead={t('desk.safetyLead')}>
      <BackupsPart />
    </ScreenFrame>
  );
}
