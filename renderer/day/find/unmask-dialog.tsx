import { useTranslation } from 'react-i18next';
import { PinDialog } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';

interface Props {
  readonly customerUid: string;
  readonly onSeen: (phone: string) => void;
}

export function UnmaskDialog({ customerUid, onSeen }: Props) {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('find.unmask.title')}
      lead={t('find.unmask.lead')}
      action={t('find.unmask.action')}
      act="unmask"
      send={(pin) => bridge.findUnmask({ customerUid, pin })}
      onDone={({ phone }) => onSeen(phone)}
    />
  );
}
