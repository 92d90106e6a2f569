import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Part } from '../../kit/part.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { sayError } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import styles from './receipts.module.css';

const c = classNames(styles);

type Told = 'printed' | 'unknown' | 'cameOut' | 'drawer' | null;

const nothing = () => undefined;

/** A test page, and the drawer: with the printer that is saved. */
export function TestPart() {
  const { t } = useTranslation();
  const kind = useTopic('receipts', ({ printer }) => printer);
  const isLive = useTopic('mode', (mode) => mode === 'live');
  const [told, setTold] = useState<Told>(null);
  const test = useSubmit(
    () => bridge.receiptsTestPrint({}),
    ({ end }) => setTold(end),
    nothing,
  );
  const cameOut = useSubmit(
    () => bridge.receiptsTestCameOut({}),
    () => setTold('cameOut'),
  );
  const error = test.error ?? cameOut.error;
  if (kind === 'none') return null;
  const print = () => {
    setTold(null);
    test.submit();
  };
  const openDrawer = () =>
    openGuarded({ kind: 'receipt-act', act: { kind: 'drawer' }, onDone: () => setTold('drawer') });
  return (
    <Part title={t('receipts.test')}>
      <div className={c('answers')}>
        <Button onPress={print}>{t(test.isWorking ? 'receipts.testing' : 'receipts.testPrint')}</Button>
        {isLive && kind === 'network' && <Button onPress={openDrawer}>{t('receipts.openDrawer')}</Button>}
      </div>
      {error !== null && <ErrorNote>{sayError(t, error)}</ErrorNote>}
      <div aria-live="polite">
        {told !== null && <p className={c('hint')}>{t(`receipts.told.${told}`)}</p>}
      </div>
      {told === 'unknown' && (
        <div className={c('answers')}>
          <Button onPress={cameOut.submit}>{t('receipts.cameOut')}</Button>
          <Button onPress={() => setTold(null)}>{t('receipts.didNot')}</Button>
        </div>
      )}
    </Part>
  );
}
