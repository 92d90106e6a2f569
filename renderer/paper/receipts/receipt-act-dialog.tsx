import { useTranslation } from 'react-i18next';
import { PinDialog } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import type { ReceiptAct } from '../../shared/view-store.ts';

interface Props {
  readonly act: ReceiptAct;
  readonly onDone: () => void;
}

/** What a manager does with receipts: each says first what it does. */
export function ReceiptActDialog({ act, onDone }: Props) {
  const { t } = useTranslation();
  const words = `receipts.acts.${act.kind}` as const;
  return (
    <PinDialog<object>
      title={t(`${words}.title`)}
      lead={t(`${words}.lead`)}
      action={t(`${words}.action`)}
      {...(act.kind === 'drawer' ? { act: 'noSale' } : {})}
      send={(pin) => {
        if (act.kind === 'logo') return bridge.receiptsChooseLogo({ pin });
        return act.kind === 'no-logo'
          ? bridge.receiptsRemoveLogo({ pin })
          : bridge.receiptsOpenDrawer({ pin });
      }}
      onDone={onDone}
    />
  );
}
