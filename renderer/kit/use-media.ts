import { useSyncExternalStore } from 'react';

/** Where the screen is small or low; the same words as in the style sheets. */
export const SMALL_SCREEN = '(max-width: 1180px), (max-height: 760px)';

/** Where everything stands in one column; the same words as in the style sheets. */
export const ONE_COLUMN = '(max-width: 759px), (max-height: 499px)';

/** Where a row has no column for its state; the same words as in the style sheets. */
export const LOW_SCREEN = '(max-width: 899px), (max-height: 639px)';

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}
