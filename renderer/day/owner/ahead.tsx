import { useState } from 'react';
import type { ListedZ } from '../../../preload/contract/index.ts';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { isolated } from '../../kit/isolated.ts';
import { Note } from '../../kit/note.tsx';
import { Removal } from './removal.tsx';
import styles from './tills.module.css';
import { useOwnerWords } from './use-owner-words.ts';

const c = classNames(styles);

const FIRST_ROWS = 10;

interface Props {
  readonly reports: readonly ListedZ[];
  readonly onRemove: (report: ListedZ) => void;
}

/** Reports of days to come, in no sum: some till's clock is ahead, or this one's behind. */
export function Ahead({ reports, onRemove }: Props) {
  const { t, wholeDay } = useOwnerWords();
  const [rows, setRows] = useState(FIRST_ROWS);
  if (reports.length === 0) return null;
  return (
    <Note tone="warn">
      <b>{t('owner.ahead.title', { count: reports.length })}</b>
      <ul className={c('list')} aria-label={t('owner.ahead.list')}>
        {reports.slice(0, rows).map((report) => {
          const named = { number: report.number, till: isolated(report.till) };
          return (
            <li key={report.id} className={c('ahead')}>
              <span>{t('owner.zs.of', { ...named, day: wholeDay(report.businessDay) })}</span>
              <Removal report={report} onRemove={onRemove} />
            </li>
          );
        })}
      </ul>
      {reports.length > rows && (
        <Answers>
          <Button onPress={() => setRows(rows + FIRST_ROWS)}>{t('owner.zs.more')}</Button>
        </Answers>
      )}
      <p>{t('owner.ahead.what')}</p>
    </Note>
  );
}
