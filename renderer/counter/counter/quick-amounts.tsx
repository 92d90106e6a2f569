import { useTranslation } from 'react-i18next';
import { compareAmounts, currencyDecimals, padAmount } from '../../../preload/contract/app/values.ts';
import { classNames } from '../../kit/class-names.ts';
import { plain } from '../../kit/format.ts';
import { Press } from '../../kit/press.tsx';
import { useTill } from '../../shared/topics.ts';
import { topUp, useForm } from './form.ts';
import styles from './top-up-panel.module.css';

const c = classNames(styles);

interface Props {
  readonly isDisabled: boolean;
  readonly onPick: () => void;
}

export function QuickAmounts({ isDisabled, onPick }: Props) {
  const { t } = useTranslation();
  const till = useTill();
  const current = useForm(({ amount }) => amount);
  if (till.quickAmounts.length === 0) return null;
  return (
    <fieldset className={c('offer', 'quick')} aria-label={t('form.quick')}>
      {till.quickAmounts.map((value) => (
        <Press
          key={value}
          className={c('tile')}
          isDisabled={isDisabled}
          isSelected={current.ok && compareAmounts(current.value, value) === 0}
          // No toggle: a double tap must not empty the field.
          onPress={() => {
            topUp.edit('amountText', plain(padAmount(value, currencyDecimals(till.currency)), till.language));
            onPick();
          }}
        >
          {plain(value, till.language)}
        </Press>
      ))}
    </fieldset>
  );
}
