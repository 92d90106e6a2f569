import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { useTill } from '../../shared/topics.ts';
import styles from './journal-alarm.module.css';

const c = classNames(styles);

/** Another till has this till's number. */
export function NumberAlarm() {
  const { t } = useTranslation();
  const { numberTwice: till } = useTill();
  if (till === null) return null;
  return (
    <div role="alert" className={c('alarm')}>
      <h2 className={c('title')}>{t('numberTwice.title')}</h2>
      <p>
        {t('numberTwice.what', { till })}
        {t('app.sentenceGap')}
        <span className={c('do')}>{t('numberTwice.do')}</span>
      </p>
    </div>
  );
}
