import { type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { separators } from '../../../preload/contract/app/values.ts';
import { classNames } from '../../kit/class-names.ts';
import { type KeypadKey, keypadKeys } from '../../kit/keypad-keys.ts';
import keys from '../../kit/keys.module.css';
import { Press } from '../../kit/press.tsx';
import { writeKey } from '../../kit/write-key.ts';
import { useTill } from '../../shared/topics.ts';
import { topUp } from './form.ts';
import styles from './keypad.module.css';

const c = classNames(styles, keys);

const isFormField = (element: unknown): element is HTMLInputElement =>
  element instanceof HTMLInputElement && element.dataset['scan'] !== undefined;

/** The last focused field, which the keys type into. */
function useLastField(): RefObject<HTMLInputElement | null> {
  const last = useRef<HTMLInputElement | null>(null);
  useEffect(() => {
    const remember = (element: unknown) => {
      if (isFormField(element)) last.current = element;
    };
    remember(document.activeElement);
    const onFocus = (event: FocusEvent) => remember(event.target);
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, []);
  return last;
}

/** A keypad for touch screens; no keyboard stop. */
export function Keypad() {
  const { t } = useTranslation();
  const { decimalSeparator } = separators(useTill().language);
  const last = useLastField();
  const onPress = (key: KeypadKey) => {
    const field = last.current;
    if (field === null || !field.isConnected || field.disabled) topUp.focusMember();
    else writeKey(field, key, decimalSeparator);
  };
  return (
    <fieldset className={c('keypad')} aria-label={t('form.keypad')}>
      {keypadKeys.map((key) => (
        <Press
          key={key}
          className={c('key')}
          aria-label={key === 'decimal' ? t('form.keypadKeys.decimal') : key}
          excludeFromTabOrder
          preventFocusOnPress
          onPress={() => onPress(key)}
        >
          {key === 'decimal' ? decimalSeparator : key}
        </Press>
      ))}
    </fieldset>
  );
}
