import { openDay, openFind } from './open-dialogs.ts';
import { view } from './view.ts';

/** F3, F4 and F10 lead to the same places from every screen; false for any other key. */
export function followPlaceKey({ key, altKey }: KeyboardEvent): boolean {
  const { screen } = view.store.getState();
  // The search has F3 for itself: pressed again it shows yesterday.
  if (key === 'F3' && screen.kind !== 'find') openFind();
  // Alt+F4 closes the window.
  else if (key === 'F4' && !altKey) openDay();
  else if (key === 'F10') view.open({ kind: 'menu' });
  else return false;
  return true;
}
