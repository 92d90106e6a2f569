import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { storeMoment } from '../../kit/format.ts';
import { Note } from '../../kit/note.tsx';
import { phraseText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useErrorWords } from '../../shared/other-words.ts';
import { useToReview } from '../../shared/to-review.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import styles from './backups.module.css';
import { restorationWords } from './restored-words.ts';

const c = classNames(styles);

/** Shown until a manager acknowledges the restore. */
function RestoredNote() {
  const { t } = useTranslation();
  const restored = useTopic('restored');
  const { storeTimeZone, language } = useTill();
  const open = useToReview();
  if (restored === null) return null;
  const moment = (ms: number) => storeMoment(ms, Date.now(), storeTimeZone, language);
  const { title } = restorationWords(restored, moment, open);
  const whole = open === 0 ? 'good' : 'warn';
  return (
    <Note tone={restored.lostRows === 0 ? whole : 'bad'} isNews>
      <div className={c('news')}>
        <b>{phraseText(t, title)}</b>
        <Button onPress={() => openGuarded({ kind: 'restored', restored })}>{t('restored.open')}</Button>
      </div>
    </Note>
  );
}

export function CareNotes() {
  const { t } = useTranslation();
  const disk = useTopic('disk');
  const problem = useTopic('backupProblem');
  const damage = useTopic('damage');
  const why = useErrorWords(problem);
  const harm = useErrorWords(damage);
  return (
    <>
      <RestoredNote />
      {harm !== undefined && <Note tone="bad">{harm}</Note>}
      {disk !== 'enough' && <Note tone={disk === 'full' ? 'bad' : 'warn'}>{t(`disk.${disk}`)}</Note>}
      {why !== undefined && (
        <Note tone="warn">
          <b>{t('backups.failing')}</b>
          {t('app.sentenceGap')}
          {why}
        </Note>
      )}
    </>
  );
}
