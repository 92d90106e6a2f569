import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import styles from './activity.module.css';
import { ActivityTable } from './activity-table.tsx';
import { Notice } from './notice.tsx';
import { dayWords } from './today.ts';

const c = classNames(styles);

function TodayHead() {
  const { t } = useTranslation();
  const till = useTill();
  const day = useTopic('today', (today) => today.businessDay);
  return (
    <div className={c('head')}>
      <h2 className={c('title')}>{t('activity.today')}</h2>
      <span className={c('date')}>{dayWords(day, till.language)}</span>
    </div>
  );
}

function SlipsPicture() {
  return (
    <svg
      className={c('picture')}
      viewBox="0 0 120 78"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M26 8h88a5 5 0 015 5v14a5 5 0 01-5 5H26a5 5 0 01-5-5V13a5 5 0 015-5z" />
      <path d="M6 44h88a5 5 0 015 5v14a5 5 0 01-5 5H6a5 5 0 01-5-5V49a5 5 0 015-5z" />
      <path d="M45 12v18M25 48v18" strokeDasharray="1 5" />
      <path d="M54 17h30M54 24h16M34 53h30M34 60h16" />
    </svg>
  );
}

export function ActivityPanel() {
  const { t } = useTranslation();
  const entries = useTopic('activity');
  return (
    <section className={c('panel')} aria-label={t('activity.today')}>
      <TodayHead />
      <Notice />
      {/* Reachable by keyboard, since it scrolls. */}
      <div className={c('scroll')}>
        <ActivityTable entries={entries} />
        {entries.length === 0 && (
          <p className={c('empty')}>
            <SlipsPicture />
            <b>{t('activity.empty')}</b>
            <span>{t('activity.emptyHint')}</span>
          </p>
        )}
      </div>
    </section>
  );
}
