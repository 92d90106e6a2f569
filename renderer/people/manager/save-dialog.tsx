import { useTranslation } from 'react-i18next';
import type { SaveOf, SendWithProof } from '../../shared/view-store.ts';
import { PinDialog } from './pin-dialog.tsx';

interface Props {
  readonly of: SaveOf;
  readonly send: SendWithProof;
}

/** The PIN for what is saved by somebody who does not do it alone. */
export function SaveDialog({ of, send }: Props) {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('saving.ask.title')}
      lead={t(`saving.ask.${of}`)}
      action={t('saving.ask.save')}
      {...(of === 'policy' ? { act: 'settings' } : {})}
      isRecovery={of === 'people'}
      send={send}
    />
  );
}
