import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { storeMoment } from '../../kit/format.ts';
import { Icon } from '../../kit/icons.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { openMakePin } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useLooker } from './looker.ts';
import styles from './rail.module.css';

const c = classNames(styles);

/** Who is at the desk and as what; a manager's time, and how it ends. */
export function Who() {
  const { t } = useTranslation();
  const till = useTill();
  const looker = useLooker();
  const untilMs = useTopic('managerUnlockedUntilMs');
  const isPinSet = useTopic('managerPinSet');
  const time = untilMs === null ? '' : storeMoment(untilMs, Date.now(), till.storeTimeZone, till.language);
  const role = looker === null ? null : t(`desk.roles.${looker.role}`);
  const as = untilMs === null ? role : t('desk.managerUntil', { time });
  return (
    <>
      <span className={c('who')}>
        {till.actor !== till.name && <bdi>{till.actor}</bdi>}
        {till.actor !== till.name && as !== null && t('app.separator')}
        {as}
      </span>
      {untilMs !== null && (
        <Button onPress={() => void bridge.managerLock({})}>
          <span className={c('until')} aria-hidden="true">
            <Icon name="lock" />
            {t('manager.unlocked', { time })}
          </span>
          <span className={c('lock')}>{t('manager.lockNow')}</span>
        </Button>
      )}
      {!isPinSet && <Button onPress={() => openMakePin(null)}>{t('desk.makePin')}</Button>}
    </>
  );
}
