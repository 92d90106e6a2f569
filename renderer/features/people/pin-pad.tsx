import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import styles from './people.module.css';

const c = classNames(styles);

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;

interface Props {
  readonly onDigit: (digit: string) => void;
  readonly onBack: () => void;
}

/** For a finger: the digits of a PIN. */
export function PinPad({ onDigit, onBack }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className={c('pad')} aria-label={t('people.pad')}>
      {digits.map((digit) => (
        <Button key={digit} preventFocusOnPress onPress={() => onDigit(digit)}>
          {digit}
        </Button>
      ))}
      <Button look="ghost" aria-label={t('people.back')} preventFocusOnPress onPress={onBack}>
        ⌫
      </Button>
    </fieldset>
  );
}
