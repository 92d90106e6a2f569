import { useTranslation } from 'react-i18next';
import { AskDialog } from '../../shared/ask-dialog.tsx';
import { view } from '../../shared/view.ts';

export function LeaveSettingsDialog() {
  const { t } = useTranslation();
  return (
    <AskDialog
      title={t('policy.leave.title')}
      lead={t('policy.leave.lead')}
      safe={t('policy.leave.stay')}
      act={t('policy.leave.leave')}
      onAct={view.leave}
    />
  );
}
