import styles from './asked.module.css';
import { useForm, useTopUp } from './form.ts';
import { type Place, placeOf } from './places.ts';

/** Marks a place that the button asked for, until it is answered; each press flashes anew. */
export function useAsked(place: Place): string {
  const asked = useTopUp((state) => state.asked);
  const isMissing = useForm(({ topUp }) => !topUp.ok && placeOf(topUp.error).at === place);
  if (asked?.at !== place || !isMissing) return '';
  return [styles['asked'], asked.turn % 2 === 0 && styles['anew']].filter(Boolean).join(' ');
}
