import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { Press } from '../../kit/press.tsx';
import { useTopic } from '../../shared/topics.ts';
import { useView } from '../../shared/view.ts';
import { goTo, useLooker } from './looker.ts';
import { placeOf, placesFor } from './places.ts';
import styles from './rail.module.css';

const c = classNames(styles);

interface Props {
  /** The place where one is, or the first, takes the focus. */
  readonly takesFocus?: boolean;
}

/** The desk's places by role, beside a page or over it. */
export function PlacesList({ takesFocus = false }: Props) {
  const { t } = useTranslation();
  const here = useView((state) => placeOf(state.screen));
  const needed = useTopic('counts', ({ review }) => review);
  const groups = placesFor(useLooker());
  const home = here ?? groups[0]?.places[0];
  return groups.map(({ title, places }) => (
    <div key={title}>
      <h2 className={c('group')}>{t(`desk.groups.${title}`)}</h2>
      {places.map((place) => (
        <Press
          key={place}
          className={c('place', place === here && 'here')}
          aria-current={place === here ? 'page' : undefined}
          autoFocus={takesFocus && place === home}
          onPress={() => goTo(place)}
        >
          <Icon name={place} />
          <span>{t(`desk.places.${place}`)}</span>
          {place === 'review' && needed > 0 && <span className={c('count')}>{needed}</span>}
        </Press>
      ))}
    </div>
  ));
}
