import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { openTillNumber } from '../../shared/open-dialogs.ts';
import { useTill } from '../../shared/topics.ts';
import styles from './journal-alarm.module.css';

const c = classNames(styles);

/** Another till has this till's number, or was told another count of tills. */
export function NumberAlarm() {
  const { t } = useTranslation();
  const { numberTwice } = useTill();
  if (numberTwice === null) return null;
  const { till, what } = numberTwice;
  return (
    <div role="alert" className={c('alarm')}>
      <h2 className={c('title')}>{t(`numberTwice.${what}.title`)}</h2>
      <p>
        {t(`numberTwice.${what}.what`, { till })}
        {t('app.sentenceGap')}
        <span className={c('do')}>{t('numberTwice.do')}</span>
      </p>
      <div className={c('acts')}>
        <Button onPress={openTillNumber}>{t('numberTwice.act')}</Button>
      </div>
    </div>
  );
}
