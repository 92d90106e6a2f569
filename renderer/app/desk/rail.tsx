import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { PopList } from '../../kit/pop-list.tsx';
import { Press } from '../../kit/press.tsx';
import { useListKeys } from '../../kit/use-list-keys.ts';
import { useView, view } from '../../shared/view.ts';
import { FirstDayLine } from '../first-day/index.ts';
import { useLooker } from './looker.ts';
import { isManagers, placeOf } from './places.ts';
import { PlacesList } from './places-list.tsx';
import styles from './rail.module.css';

const c = classNames(styles);

/** The list of the desk's places beside its page. */
export function Rail() {
  const { t } = useTranslation();
  const ref = useListKeys<HTMLElement>();
  const looker = useLooker();
  return (
    <nav ref={ref} className={c('rail')} aria-label={t('desk.title')}>
      {isManagers(looker) && <FirstDayLine />}
      <PlacesList />
    </nav>
  );
}

/** In a narrow window the list is behind one button, which says where one is. */
export function Pick() {
  const { t } = useTranslation();
  const here = useView((state) => placeOf(state.screen));
  return (
    <Press className={c('pick')} aria-haspopup="dialog" onPress={() => view.open({ kind: 'places' })}>
      <span>{t(here === null ? 'desk.title' : `desk.places.${here}`)}</span>
      <Icon name="down" />
    </Press>
  );
}

export function PlacesDialog() {
  const { t } = useTranslation();
  return (
    <PopList label={t('desk.title')} at="start" onClose={view.close}>
      <PlacesList takesFocus />
    </PopList>
  );
}
