import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { useTopic } from '../../shared/topics.ts';
import styles from './journal-alarm.module.css';

const c = classNames(styles);

/** Entries are not verified against the journal. */
export function JournalAlarm() {
  const { t } = useTranslation();
  const problem = useTopic('journalProblem');
  if (problem === null) return null;
  return (
    <div role="alert" className={c('alarm')}>
      <h2 className={c('title')}>{t(`journal.${problem}.title`)}</h2>
      <p>
        {t(`journal.${problem}.what`)}
        {t('app.sentenceGap')}
        <span className={c('do')}>{t(`journal.${problem}.do`)}</span>
      </p>
    </div>
  );
}
