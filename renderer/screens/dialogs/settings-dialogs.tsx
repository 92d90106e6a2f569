import { useTranslation } from 'react-i18next';
import type { Policy } from '../../../preload/contract/index.ts';
import { till } from '../../bridge.ts';
import { Note } from '../../components/note.tsx';
import type { CheckUpAct } from '../../stores/view-store.ts';
import { PinDialog } from './pin-dialog.tsx';

interface SavePolicyProps {
  readonly policy: Policy;
  /** The store is declared to have one writer, which it was not before. */
  readonly isNewlyTrusting: boolean;
  readonly onSaved: () => void;
}

export function SavePolicyDialog({ policy, isNewlyTrusting, onSaved }: SavePolicyProps) {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('policy.saveTitle')}
      lead={t('policy.saveLead')}
      action={t('policy.save')}
      send={(pin) => till.policySave({ policy, pin })}
      onDone={onSaved}
    >
      {isNewlyTrusting && <Note tone="warn">{t('policy.saveRisk')}</Note>}
    </PinDialog>
  );
}

interface CheckUpProps {
  readonly act: CheckUpAct;
  readonly onDone: () => void;
}

export function CheckUpDialog({ act, onDone }: CheckUpProps) {
  const { t } = useTranslation();
  if (act.kind === 'start') {
    return (
      <PinDialog
        title={t('checkUp.startTitle')}
        lead={t('checkUp.startLead', { number: act.number })}
        action={t('checkUp.startConfirm')}
        send={(pin) => till.checkUpStart({ memberNumber: act.number, pin })}
        onDone={onDone}
      />
    );
  }
  const isStop = act.kind === 'stop';
  return (
    <PinDialog
      title={t(isStop ? 'checkUp.stopTitle' : 'checkUp.takeBackTitle')}
      lead={isStop ? t('checkUp.stopLead') : t('checkUp.takeBackLead', { number: act.number })}
      action={t(isStop ? 'checkUp.stopConfirm' : 'checkUp.takeBack')}
      send={(pin) => till.checkUpStop({ pin })}
      onDone={onDone}
    />
  );
}
