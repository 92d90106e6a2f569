import { useTranslation } from 'react-i18next';
import { ChainPart } from '../../chain/chain/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { BackupsPart } from '../../safety/backups/index.ts';
import { ComputerPart } from './computer-part.tsx';

/** What is kept, where, and how it comes back. */
export function SafetyScreen() {
  const { t } = useTranslation();
  return (
    <ScreenFrame title={t('desk.places.safety')} lead={t('desk.safetyLead')}>
      <BackupsPart />
      <ChainPart />
      <ComputerPart />
    </ScreenFrame>
  );
}
