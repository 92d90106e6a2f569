import { useState } from 'react';
import type { ListedZ } from '../../../preload/contract/index.ts';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { isolated } from '../../kit/isolated.ts';
import { personWords } from '../../kit/person-words.ts';
import { Tag } from '../../kit/tag.tsx';
import { Removal } from './removal.tsx';
import styles from './tills.module.css';
import { useOwnerWords } from './use-owner-words.ts';

const c = classNames(styles);

const FIRST_ROWS = 40;

interface Props {
  readonly reports: readonly ListedZ[];
  readonly onRemove: (report: ListedZ) => void;
}

/** The reports of a period, once they are asked for. */
export function ZsList({ reports, onRemove }: Props) {
  const { t, write, day, moment, variance } = useOwnerWords();
  const [rows, setRows] = useState(0);
  if (reports.length === 0) return null;
  if (rows === 0)
    return (
      <Answers>
        <Button onPress={() => setRows(FIRST_ROWS)}>{t('owner.zs.show', { count: reports.length })}</Button>
      </Answers>
    );
  return (
    <>
      <ul className={c('zs')} aria-label={t('owner.zs.title')}>
        {reports.slice(0, rows).map((report) => (
          <li key={report.id} className={c('z')}>
            <span className={c('zDay')}>{day(report.businessDay)}</span>
            <span className={c('zName')}>
              <b>{t('owner.zs.z', { number: report.number, till: isolated(report.till) })}</b>
              <span className={c('small')}>
                {t('owner.zs.closed', {
                  time: moment(report.closedAtMs),
                  who: isolated(personWords(t, report.closedBy)),
                })}
              </span>
            </span>
            <b className={c('zSum')}>{write.money(report.net)}</b>
            <Tag tone={variance(report.variance).tone}>{variance(report.variance).said}</Tag>
            <Removal report={report} onRemove={onRemove} />
          </li>
        ))}
      </ul>
      {reports.length > rows && (
        <Answers>
          <Button onPress={() => setRows(rows + FIRST_ROWS)}>{t('owner.zs.more')}</Button>
        </Answers>
      )}
    </>
  );
}
