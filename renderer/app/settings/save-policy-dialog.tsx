import { useTranslation } from 'react-i18next';
import type { Policy } from '../../../preload/contract/index.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { till } from '../../shared/bridge.ts';

interface Props {
  readonly policy: Policy;
  readonly onSaved: () => void;
}

export function SavePolicyDialog({ policy, onSaved }: Props) {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('policy.saveTitle')}
      lead={t('policy.saveLead')}
      action={t('policy.save')}
      act="settings"
      send={(pin) => till.policySave({ policy, pin })}
      onDone={onSaved}
    />
  );
}
