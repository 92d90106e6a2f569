import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { TextBox } from '../../kit/text-box.tsx';
import { errorText } from '../../shared/i18n.ts';
import styles from './pin-dialogs.module.css';

const c = classNames(styles);

/** Two equal PINs, or why not. */
export function useNewPin(label: string, takesFocus: boolean) {
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [refused, setRefused] = useState<AppError | null>(null);
  const refusedId = useId();
  const ref = useRef<HTMLInputElement>(null);
  const againRef = useRef<HTMLInputElement>(null);
  const differs = isChecked && pin !== '' && pin !== again;
  return {
    pin,
    check: (): boolean => {
      setChecked(true);
      if (pin === '') ref.current?.focus();
      else if (pin !== again) againRef.current?.focus();
      return pin !== '' && pin === again;
    },
    /** One that is not taken is typed anew, both times; true where it was that, which is then told at the field. */
    onFailure: (error: AppError): boolean => {
      if (error.code !== 'manager-pin-weak') return false;
      setPin('');
      setAgain('');
      setChecked(false);
      setRefused(error);
      ref.current?.focus();
      return true;
    },
    /** `onEnter` after the second one. */
    fields: (onEnter: () => void) => (
      <div className={c('pair')}>
        <TextBox
          label={label}
          type="pin"
          value={pin}
          onChange={(text) => {
            setPin(text);
            setRefused(null);
          }}
          onEnter={() => (again === '' && pin !== '' ? againRef.current?.focus() : onEnter())}
          takesFocus={takesFocus}
          inputRef={ref}
          error={isChecked && pin === '' ? t('manager.pinMissing') : undefined}
          problemId={refused === null ? undefined : refusedId}
        />
        <TextBox
          label={t('manager.repeat')}
          type="pin"
          value={again}
          onChange={setAgain}
          onEnter={onEnter}
          inputRef={againRef}
          error={differs ? t('manager.differ') : undefined}
        />
        {refused !== null && (
          <p id={refusedId} role="alert" className={c('refused')}>
            {errorText(t, refused)}
          </p>
        )}
      </div>
    ),
  };
}
export type NewPin = ReturnType<typeof useNewPin>;
