import { useTranslation } from 'react-i18next';
import { isolated } from '../../kit/isolated.ts';
import { PinDialog } from '../../people/manager/index.ts';
import type { OwnerAct, OwnerAnswer } from '../../shared/view-store.ts';
import { send } from './use-owner.ts';

interface Props {
  readonly act: OwnerAct;
  readonly onDone: (answer: OwnerAnswer) => void;
}

export function OwnerDialog({ act, onDone }: Props) {
  const { t } = useTranslation();
  const words = `owner.acts.${act.kind}` as const;
  const named = act.kind === 'remove' ? { number: act.report.number, till: isolated(act.report.till) } : {};
  return (
    <PinDialog<OwnerAnswer>
      title={t(`${words}.title`)}
      lead={t(`${words}.lead`, named)}
      action={t(`${words}.action`)}
      send={(pin) => send(act, pin)}
      onDone={onDone}
    />
  );
}
