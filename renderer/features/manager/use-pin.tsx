import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../preload/contract/index.ts';
import { TextBox } from '../../kit/text-box.tsx';

/** A failure that is about the PIN that was typed: it is typed anew. */
const isAboutPin = ({ code }: AppError) =>
  code === 'manager-pin-wrong' || code === 'manager-locked-out' || code === 'manager-pin-weak';

/** The box for the manager's PIN; a wrong one is taken out of it, and the next can be typed at once. */
export function usePin() {
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  const ref = useRef<HTMLInputElement>(null);
  return {
    pin,
    onFailure: (error: AppError) => {
      if (!isAboutPin(error)) return;
      setPin('');
      ref.current?.focus();
    },
    box: (onEnter: () => void, takesFocus: boolean) => (
      <TextBox
        label={t('manager.pin')}
        type="password"
        inputMode="numeric"
        value={pin}
        onChange={setPin}
        onEnter={onEnter}
        inputRef={ref}
        takesFocus={takesFocus}
      />
    ),
  };
}
