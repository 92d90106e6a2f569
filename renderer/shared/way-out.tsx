import { useTranslation } from 'react-i18next';
import type { AppError } from '../../preload/contract/index.ts';
import { Button } from '../kit/button.tsx';
import { openContinue, openGuarded, openMakePin, openReplaceKey } from './open-dialogs.ts';
import { view } from './view.ts';
import type { Dialog } from './view-store.ts';
import { type WayOut, wayOut } from './ways-out.ts';

const acts: Readonly<Record<WayOut, (next: Dialog | null) => void>> = {
  'make-pin': (next) => {
    // From the set-up of a till that is connected already: the dialog is the till's.
    view.setUp(false);
    openMakePin(next);
  },
  recover: (next) => view.open({ kind: 'recover', next }),
  'replace-key': openReplaceKey,
  continue: openContinue,
  settings: () => view.show({ kind: 'settings' }),
  'check-up': () => view.show({ kind: 'check-up' }),
  'set-up': () => view.setUp(true),
  slips: () => openGuarded({ kind: 'slips' }),
  approve: () => view.open({ kind: 'approve' }),
};

interface Props {
  readonly error: AppError;
  /** What is to be gone on with after that. */
  readonly next?: Dialog | null;
}

/** The button for what an error's sentence asks for; nothing where there is none. */
export function WayOutButton({ error, next = null }: Props) {
  const { t } = useTranslation();
  const way = wayOut(error);
  if (way === null) return null;
  return <Button onPress={() => acts[way](next)}>{t(`waysOut.${way}`)}</Button>;
}
