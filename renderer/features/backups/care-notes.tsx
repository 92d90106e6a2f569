import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { storeMoment } from '../../kit/format.ts';
import { Note } from '../../kit/note.tsx';
import { sayError } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import styles from './backups.module.css';

const c = classNames(styles);

/** A backup was put back: what is not in it, and what a person has to look for. Until a manager has read it. */
function RestoredNote() {
  const { t } = useTranslation();
  const restored = useTopic('restored');
  const { storeTimeZone, language } = useTill();
  if (restored === null) return null;
  const { backupAtMs, lostRows, lostUntilMs, setAside } = restored;
  const moment = (ms: number) => storeMoment(ms, Date.now(), storeTimeZone, language);
  const from = moment(backupAtMs);
  const isNothingLost = lostRows === 0;
  return (
    <Note tone={isNothingLost ? 'warn' : 'bad'} isNews>
      <div className={c('note')}>
        <b>{t('restored.title', { time: from })}</b>
        <span>
          {isNothingLost
            ? t('restored.nothingLost')
            : lostUntilMs === null
              ? t('restored.lostSince', { from })
              : t('restored.lostUntil', { from, until: moment(lostUntilMs) })}
        </span>
        {lostRows !== null && lostRows > 0 && <span>{t('restored.rows', { count: lostRows })}</span>}
        <span className={c('do')}>{t('restored.do')}</span>
        {setAside !== null && <span>{t('restored.setAside', { name: setAside })}</span>}
        <div className={c('answers')}>
          <Button onPress={() => openGuarded({ kind: 'backup', act: 'read' })}>{t('restored.read')}</Button>
        </div>
      </div>
    </Note>
  );
}

/** What the till's data lacks: room on its disk, or backups. */
export function CareNotes() {
  const { t } = useTranslation();
  const disk = useTopic('disk');
  const problem = useTopic('backupProblem');
  return (
    <>
      <RestoredNote />
      {disk !== 'enough' && <Note tone={disk === 'full' ? 'bad' : 'warn'}>{t(`disk.${disk}`)}</Note>}
      {problem !== null && (
        <Note tone="warn">
          <b>{t('backups.failing')}</b> {sayError(t, problem)}
        </Note>
      )}
    </>
  );
}
