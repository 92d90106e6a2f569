import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { Press } from '../../kit/press.tsx';
import { view } from '../../shared/view.ts';
import styles from './first-day-line.module.css';
import { steps } from './steps.ts';
import { useFirstDay } from './use-first-day.ts';

const c = classNames(styles);

/** In the desk, while something of the first day is left. */
export function FirstDayLine() {
  const { t } = useTranslation();
  const { done, next } = useFirstDay();
  if (next === null) return null;
  return (
    <Press className={c('line')} onPress={() => view.show({ kind: 'first-day', isNew: false })}>
      <Icon name="check" />
      <span>
        {t('firstDay.title')}
        <span className={c('count')}>
          {t('firstDay.count', { done: String(done), of: String(steps.length) })}
        </span>
      </span>
    </Press>
  );
}
