import { useTranslation } from 'react-i18next';
import { ScreenFrame } from '../../frame/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { CheckUpPart } from '../../sending/check-up/index.ts';
import { openReplaceKey } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { AccountPart } from './account-part.tsx';
import { CallsPart } from './calls-part.tsx';
import styles from './kybio.module.css';

const c = classNames(styles);

/** The account behind the till: calls, check-up, key. */
export function KybioScreen() {
  const { t } = useTranslation();
  const isLive = useTopic('mode', (mode) => mode === 'live');
  return (
    <ScreenFrame
      title={t('desk.places.kybio')}
      lead={t('desk.kybioLead')}
      actions={isLive && <Button onPress={openReplaceKey}>{t('account.replaceKey')}</Button>}
    >
      <div className={c('parts')}>
        <div className={c('main')}>
          <CallsPart />
          <CheckUpPart />
        </div>
        <AccountPart />
      </div>
    </ScreenFrame>
  );
}
