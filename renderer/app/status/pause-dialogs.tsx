import { useTranslation } from 'react-i18next';
import { topUp } from '../../counter/counter/index.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { till } from '../../shared/bridge.ts';

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

/** This clone continues, the other one is closed for good. */
export function GoOnHereDialog() {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('pause.goOnHere')}
      lead={t('pause.goOnHereLead')}
      action={t('pause.goOnHere')}
      send={(pin) => till.syncResume({ pin })}
    />
  );
}

/** The other clone continues, this one is closed for good. */
export function StandDownDialog() {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('pause.standDown')}
      lead={t('pause.standDownLead')}
      action={t('pause.standDown')}
      again="backups:standDown"
      send={(pin) => till.backupsStandDown({ pin })}
    />
  );
}

/** Allows entries again after the policy's longest time offline. */
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
