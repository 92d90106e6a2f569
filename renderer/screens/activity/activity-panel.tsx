import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/dialog-frame.tsx';
import { Icon } from '../../components/icons.tsx';
import { useWriter } from '../../components/use-writer.ts';
import { sayError } from '../../i18n.ts';
import { classNames } from '../../logic/class-names.ts';
import { useSnapshot, useTill, useView, view } from '../../stores/index.ts';
import styles from './activity.module.css';
import { ActivityTable } from './activity-table.tsx';

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
  const today = useSnapshot((snapshot) => snapshot.today);
  const write = useWriter(till.currency, till.language);
  const totals = [
    t('activity.entries', { count: today.done.entries }),
    write.money(today.done.balance),
    write.points(today.done.point),
  ];
  return (
    <>
      <h2 className={c('title')}>{t('activity.today')}</h2>
      <span className={c('totals')}>{totals.join(t('app.separator'))}</span>
    </>
  );
}

export function ActivityPanel() {
  const { t } = useTranslation();
  const find = useView((state) => state.find);
  const notice = useView((state) => state.notice);
  const today = useSnapshot((snapshot) => snapshot.activity);
  const found = find?.entries ?? null;
  const entries = found ?? today;
  const emptyWords = t(found === null ? 'activity.empty' : 'activity.noneFound');
  return (
    <section className={c('panel')} aria-label={t('activity.today')}>
      <div className={c('head')}>{find === null ? <TodayHead /> : <FindHead />}</div>
      {notice !== null && <ErrorNote>{sayError(t, notice)}</ErrorNote>}
      {/* Reachable by keyboard, since it scrolls. */}
      <div className={c('scroll')}>
        <ActivityTable entries={entries} />
        {entries.length === 0 && <p className={c('empty')}>{emptyWords}</p>}
      </div>
    </section>
  );
}
