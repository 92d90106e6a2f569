import { useTranslation } from 'react-i18next';
import type { DataPlace } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import styles from './support.module.css';

const _c = classNames(styles);

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
