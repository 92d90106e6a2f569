import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { ActionsRow } from '../../kit/sets.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import styles from './receipts.module.css';

const c = classNames(styles);

type Notice = 'printed' | 'unknown' | 'cameOut' | 'drawer' | null;

const nothing = () => undefined;

/** A test page, and the drawer. */
export function TestRow() {
  const { t } = useTranslation();
  const kind = useTopic('receipts', ({ printer }) => printer);
  const isLive = useTopic('mode', (mode) => mode === 'live');
  const [notice, setNotice] = useState<Notice>(null);
  const test = useSubmit(
    () => bridge.receiptsTestPrint({}),
    ({ end }) => setNotice(end),
    nothing,
  );
  const cameOut = useSubmit(
    () => bridge.receiptsTestCameOut({}),
    () => setNotice('cameOut'),
  );
  const error = test.error ?? cameOut.error;
  if (kind === 'none') return null;
  const print = () => {
    setNotice(null);
    test.submit();
  };
  const openDrawer = () =>
    openGuarded({ kind: 'receipt-act', act: { kind: 'drawer' }, onDone: () => setNotice('drawer') });
  return (
    <>
      <ActionsRow label={t('receipts.test')} hint={t(`receipts.have.${kind}`)}>
        <Button onPress={print}>{t(test.isWorking ? 'receipts.testing' : 'receipts.testPrint')}</Button>
        {isLive && kind === 'network' && <Button onPress={openDrawer}>{t('receipts.openDrawer')}</Button>}
      </ActionsRow>
      {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
      <div aria-live="polite">
        {notice !== null && <p className={c('hint')}>{t(`receipts.told.${notice}`)}</p>}
      </div>
      {notice === 'unknown' && (
        <div className={c('answers')}>
          <Button onPress={cameOut.submit}>{t('receipts.cameOut')}</Button>
          <Button onPress={() => setNotice(null)}>{t('receipts.didNot')}</Button>
        </div>
      )}
    </>
  );
}
