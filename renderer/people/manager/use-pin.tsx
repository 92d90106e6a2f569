import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { useView, view } from '../../shared/view.ts';

/** A failure that is about the PIN that was typed: it is typed anew. */
const aboutPin: ReadonlySet<AppError['code']> = new Set<AppError['code']>([
  'manager-pin-wrong',
  'manager-locked-out',
  'manager-pin-weak',
  'approver-not-manager',
  'person-pin-wrong',
  'person-locked-out',
  'person-pin-lost',
]);

/** For whoever has forgotten the till's own PIN: the recovery code makes another, and what was begun is gone on with. */
export function PinForgotten() {
  const { t } = useTranslation();
  const next = useView((state) => state.dialog);
  return (
    <Button look="ghost" onPress={() => view.open({ kind: 'recover', next })}>
      {t('waysOut.recover')}
    </Button>
  );
}

/** The box for the manager's PIN; a wrong one is taken out of it, and the next can be typed at once. */
export function usePin() {
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  const ref = useRef<HTMLInputElement>(null);
  return {
    pin,
    onFailure: (error: AppError) => {
      if (!aboutPin.has(error.code)) return;
      setPin('');
      ref.current?.focus();
    },
    setPin,
    ref,
    box: (onEnter: () => void, takesFocus: boolean, label = t('manager.pin')) => (
      <TextBox
        label={label}
        type="pin"
        value={pin}
        onChange={setPin}
        onEnter={onEnter}
        inputRef={ref}
        takesFocus={takesFocus}
      />
    ),
  };
}
