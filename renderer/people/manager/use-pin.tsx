import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../preload/contract/index.ts';
import { PinPad } from './pin-pad.tsx';

/** A failure that is about the PIN that was typed: it is typed anew. */
const aboutPin: ReadonlySet<AppError['code']> = new Set<AppError['code']>([
  'manager-pin-wrong',
  'manager-locked-out',
  'approver-not-manager',
  'person-pin-wrong',
  'person-locked-out',
  'person-pin-lost',
  'recovery-code-wrong',
]);

interface PadProps {
  readonly onEnter: () => void;
  readonly takesFocus: boolean;
  readonly label?: string | undefined;
  readonly isCode?: boolean;
  readonly isBusy?: boolean;
  readonly suffix?: string | undefined;
  readonly onStep?: ((by: 1 | -1) => void) | undefined;
}

/** The PIN as it is typed; a wrong one is taken out, and the next can be typed at once. */
export function usePin() {
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  const [isMissingShown, showMissing] = useState(false);
  const ref = useRef<HTMLInputElement>(null);
  const again = () => {
    setPin('');
    ref.current?.focus();
  };
  return {
    pin,
    /** Whether there is one to be tried: an empty one is not a wrong one. */
    check: (): boolean => {
      showMissing(true);
      if (pin === '') ref.current?.focus();
      return pin !== '';
    },
    goOn: (): boolean => {
      if (pin === '') ref.current?.focus();
      return pin !== '';
    },
    /** Somebody else's. */
    again: () => {
      showMissing(false);
      again();
    },
    onFailure: ({ code }: AppError) => {
      if (!aboutPin.has(code)) return;
      showMissing(false);
      again();
    },
    pad: ({ label, isCode = false, ...more }: PadProps): ReactNode => (
      <PinPad
        {...more}
        isCode={isCode}
        label={label ?? t('manager.pin')}
        value={pin}
        onChange={setPin}
        inputRef={ref}
        error={
          isMissingShown && pin === '' ? t(isCode ? 'manager.codeMissing' : 'manager.pinMissing') : undefined
        }
      />
    ),
  };
}
