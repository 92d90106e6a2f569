import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Part } from '../../kit/part.tsx';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './receipts.module.css';

const c = classNames(styles);

/** In the settings: whether there is a printer, and the way to set it up. */
export function ReceiptsPart() {
  const { t } = useTranslation();
  const printer = useTopic('receipts', (receipts) => receipts.printer);
  return (
    <Part title={t('receipts.title')} hint={t('receipts.partHint')}>
      <p className={c('hint')}>{t(`receipts.have.${printer}`)}</p>
      <div className={c('answers')}>
        <Button onPress={() => view.show({ kind: 'receipts' })}>{t('receipts.setUp')}</Button>
      </div>
    </Part>
  );
}
