import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { Press } from '../../kit/press.tsx';
import { useToReview } from '../../shared/to-review.ts';
import { useTopic } from '../../shared/topics.ts';
import { useView, view } from '../../shared/view.ts';
import { FirstDayLine } from '../first-day/index.ts';
import { type Looker, type Place, placeOf, placesFor } from './places.ts';
import styles from './rail.module.css';

const c = classNames(styles);

function useLooker(): Looker | null {
  const people = useTopic('people');
  const isUnlocked = useTopic('managerUnlockedUntilMs', (untilMs) => untilMs !== null);
  const person = people?.list.find(({ id }) => id === people.signedIn);
  if (people === null || person === undefined) return null;
  return { role: isUnlocked ? 'manager' : person.role, settings: people.permissions.acts.settings };
}

function go(place: Place): void {
  if (place === 'lock') view.open({ kind: 'sign-in' });
  else if (place === 'day') view.show({ kind: 'day', part: { kind: 'shift' } });
  else if (place === 'review') view.show({ kind: 'review', entryId: null });
  else view.show({ kind: place });
}

/** The list of the desk's places, by role. */
export function Rail() {
  const { t } = useTranslation();
  const here = useView((state) => placeOf(state.screen));
  const needed = useToReview();
  const groups = placesFor(useLooker());
  const isManagers = groups.some(({ title }) => title === 'work');
  return (
    <nav className={c('rail')} aria-label={t('desk.title')}>
      {isManagers && <FirstDayLine />}
      {groups.map(({ title, places }) => (
        <div key={title}>
          <h2 className={c('group')}>{t(`desk.groups.${title}`)}</h2>
          {places.map((place) => (
            <Press
              key={place}
              className={c('place', place === here && 'here')}
              aria-current={place === here ? 'page' : undefined}
              onPress={() => go(place)}
            >
              <Icon name={place} />
              <span>{t(`desk.places.${place}`)}</span>
              {place === 'review' && needed > 0 && <span className={c('count')}>{needed}</span>}
            </Press>
          ))}
        </div>
      ))}
    </nav>
  );
}
