import { useTranslation } from 'react-i18next';
import type { Policy } from '../../../preload/contract/index.ts';
import { Note } from '../../kit/note.tsx';
import { till } from '../../shared/bridge.ts';
import { PinDialog } from '../manager/index.ts';

interface Props {
  readonly policy: Policy;
  /** The store is declared to have one writer, which it was not before. */
  readonly isNewlyTrusting: boolean;
  readonly onSaved: () => void;
}

export function SavePolicyDialog({ policy, isNewlyTrusting, onSaved }: Props) {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('policy.saveTitle')}
      lead={t('policy.saveLead')}
      action={t('policy.save')}
      act="settings"
      send={(pin) => till.policySave({ policy, pin })}
      onDone={onSaved}
    >
      {isNewlyTrusting && <Note tone="warn">{t('policy.saveRisk')}</Note>}
    </PinDialog>
  );
}
