import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { Press } from '../../kit/press.tsx';
import { useKeys } from '../../kit/touch.ts';
import { writeKey } from '../../kit/write-key.ts';
import styles from './keypad.module.css';

const c = classNames(styles);

/** ⌫ in the field that takes digits; the others hide it. */
export function BackKey() {
  const { t } = useTranslation();
  const hasKeys = useKeys();
  if (!hasKeys) return null;
  const takeBack = () => {
    const field = document.activeElement;
    if (field instanceof HTMLInputElement) writeKey(field, 'back');
  };
  return (
    <Press
      className={c('back')}
      aria-label={t('form.keypadKeys.back')}
      excludeFromTabOrder
      preventFocusOnPress
      onPress={takeBack}
    >
      <Icon name="back" />
    </Press>
  );
}
