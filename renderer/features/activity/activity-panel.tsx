import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useView, view } from '../../shared/view.ts';
import styles from './activity.module.css';
import { ActivityTable } from './activity-table.tsx';
import { Notice } from './notice.tsx';
import { dayWords } from './today.ts';

const c = classNames(styles);
const SEARCH_PAUSE_MS = 250;

function FindHead() {
  const { t } = useTranslation();
  const ref = useRef<HTMLInputElement>(null);
  const text = useView((state) => state.find?.text ?? '');
  useEffect(() => ref.current?.focus(), []);
  useEffect(() => {
    const timer = setTimeout(() => void view.search(), text.trim() === '' ? 0 : SEARCH_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <>
      <input
        ref={ref}
        type="search"
        className={c('find')}
        aria-label={t('activity.find')}
        placeholder={t('activity.findHint')}
        value={text}
        onChange={(event) => view.typeFind(event.target.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <Button look="ghost" shape="icon" aria-label={t('activity.closeFind')} onPress={view.closeFind}>
        <Icon name="close" />
      </Button>
    </>
  );
}

function TodayHead() {
  const { t } = useTranslation();
  const till = useTill();
  const day = useTopic('today', (today) => today.businessDay);
  return (
    <>
      <h2 className={c('title')}>{t('activity.today')}</h2>
      <span className={c('date')}>{dayWords(day, till.language)}</span>
    </>
  );
}

/** Slips in a row that are still blank. */
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
  const isFinding = useView((state) => state.find !== null);
  const found = useView((state) => state.find?.entries ?? null);
  const today = useTopic('activity');
  const entries = found ?? today;
  const empty = found === null ? 'activity.empty' : 'activity.noneFound';
  return (
    <section className={c('panel')} aria-label={t('activity.today')}>
      <div className={c('head', isFinding && 'searching')}>{isFinding ? <FindHead /> : <TodayHead />}</div>
      <Notice />
      {/* Reachable by keyboard, since it scrolls. */}
      <div className={c('scroll')}>
        <ActivityTable entries={entries} />
        {entries.length === 0 && (
          <p className={c('empty')}>
            <SlipsPicture />
            <b>{t(empty)}</b>
            <span>{t(`${empty}Hint`)}</span>
          </p>
        )}
      </div>
    </section>
  );
}
