import { classNames } from '../../kit/class-names.ts';
import { personWords } from '../../kit/person-words.ts';
import { useTopic } from '../../shared/topics.ts';
import styles from './shift-line.module.css';
import { useDay } from './use-day.ts';

const c = classNames(styles);

export function ShiftLine() {
  const { t, moment } = useDay();
  const open = useTopic('shift', (shift) => shift.open);
  if (open === null) return null;
  const { number, openedAtMs, openedBy } = open;
  return (
    <span className={c('line')}>
      {t('shifts.line', { number, time: moment(openedAtMs), who: personWords(t, openedBy) })}
    </span>
  );
}
