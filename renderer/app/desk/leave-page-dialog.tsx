import { useTranslation } from 'react-i18next';
import { AskDialog } from '../../shared/ask-dialog.tsx';

/** Before a page is left that has what is not saved, whatever way leads out of it. */
export function LeavePageDialog({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <AskDialog
      title={t('policy.leave.title')}
      lead={t('policy.leave.lead')}
      safe={t('policy.leave.stay')}
      act={t('policy.leave.leave')}
      onAct={onLeave}
    />
  );
}
