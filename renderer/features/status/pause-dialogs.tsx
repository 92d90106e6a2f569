import { useTranslation } from 'react-i18next';
import { till } from '../../shared/bridge.ts';
import { topUp } from '../counter/index.ts';
import { PinDialog } from '../manager/index.ts';

export function ResumeDialog() {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('pause.resumeTitle')}
      lead={t('pause.resumeLead')}
      action={t('pause.resume')}
      send={(pin) => till.syncResume({ pin })}
    />
  );
}

/** Entries are taken again after the longest time without sending. */
export function ContinueOfflineDialog() {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('offlinePolicy.continueTitle')}
      lead={t('offlinePolicy.continueLead')}
      action={t('offlinePolicy.continueConfirm')}
      send={(pin) => till.policyContinueOffline({ pin })}
      onDone={topUp.dismissFailure}
    />
  );
}
