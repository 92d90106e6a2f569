import { openDay, openReview } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { isManagers, type Looker, type Place } from './places.ts';

/** Who looks at the desk: a manager in person, or anybody while a manager's time runs. */
export function useLooker(): Looker | null {
  const people = useTopic('people');
  const isUnlocked = useTopic('managerUnlockedUntilMs', (untilMs) => untilMs !== null);
  const person = people?.list.find(({ id }) => id === people.signedIn);
  if (people === null || person === undefined) return null;
  return { role: isUnlocked ? 'manager' : person.role, settings: people.permissions.acts.settings };
}

export function goTo(place: Place): void {
  if (place === 'lock') view.open({ kind: 'sign-in', onManager: view.close });
  else if (place === 'day') openDay();
  else if (place === 'review') openReview(null);
  else view.show({ kind: place });
}

/** Opens the desk where something waits; from a cashier, once a manager has signed in. */
export function useDesk(): () => void {
  const looker = useLooker();
  const needed = useTopic('counts', ({ review }) => review);
  const open = () => goTo(needed > 0 ? 'review' : 'day');
  return isManagers(looker) ? open : () => view.open({ kind: 'sign-in', onManager: open });
}
