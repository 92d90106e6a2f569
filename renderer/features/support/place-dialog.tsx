import { useTranslation } from 'react-i18next';
import type { DataPlace } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { PinDialog } from '../manager/index.ts';
import styles from './support.module.css';

const c = classNames(styles);

/** The till's data lies where it should not; until a manager has read what to do. */
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

/** What may come of it, and what to do. */
export function PlaceDialog({ place }: { readonly place: DataPlace }) {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t(`dataPlace.${place}`)}
      lead={t(`dataPlace.${place}Lead`)}
      action={t('dataPlace.read')}
      send={(pin) => bridge.stationReadPlace({ pin })}
    >
      <p>{t('dataPlace.toDo')}</p>
    </PinDialog>
  );
}
