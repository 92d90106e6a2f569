import { useTranslation } from 'react-i18next';
import { PinDialog } from '../../people/manager/index.ts';
import { till } from '../../shared/bridge.ts';
import type { CheckUpAct } from '../../shared/view-store.ts';

export function CheckUpDialog({ act }: { readonly act: CheckUpAct }) {
  const { t } = useTranslation();
  if (act.kind === 'start') {
    return (
      <PinDialog
        title={t('checkUp.startTitle')}
        lead={t('checkUp.startLead', { number: act.number })}
        action={t('checkUp.startConfirm')}
        again="checkUp:start"
        send={(pin) => till.checkUpStart({ memberNumber: act.number, pin })}
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
    />
  );
}
