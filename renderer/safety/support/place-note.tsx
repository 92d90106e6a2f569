import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import styles from './place-note.module.css';

const c = classNames(styles);

/** The till's data is in an unsafe folder; shown until a manager has read it. */
export function PlaceNote() {
  const { t } = useTranslation();
  const place = useTopic('dataPlace');
  if (place === null) return null;
  return (
    <Note tone="warn">
      <div className={c('news')}>
        <b>{t(`dataPlace.${place}`)}</b>
        <Button onPress={() => openGuarded({ kind: 'data-place', place })}>{t('dataPlace.open')}</Button>
      </div>
    </Note>
  );
}
