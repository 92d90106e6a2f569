import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './receipts.module.css';

const c = classNames(styles);

/** On the till's screen: receipts that did not come out for certain wait for a word. */
export function ReceiptsNote() {
  const { t } = useTranslation();
  const count = useTopic('receipts', ({ unsettled }) => unsettled);
  if (count === 0) return null;
  return (
    <Note tone="warn" isNews>
      <div className={c('news')}>
        <b>{t('receipts.unsettled', { count })}</b>
        <Button onPress={() => view.open({ kind: 'receipt-queue' })}>{t('receipts.see')}</Button>
      </div>
    </Note>
  );
}
