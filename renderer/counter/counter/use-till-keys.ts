import { useEffect } from 'react';
import { isHelpOpen } from '../../shared/help.ts';
import { followPlaceKey } from '../../shared/place-keys.ts';
import { isLocked, topics } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { topUp } from './form.ts';

/** F3, F4, F10, F12 and Escape, wherever the focus is; dialogs handle Escape themselves. */
export function useTillKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { dialog } = view.store.getState();
      const { choices } = topUp.store.getState();
      const isCovered = dialog !== null || choices !== null || isHelpOpen() || isLocked();
      if (isCovered || event.isComposing) return;
      if (event.key === 'F12' && topics.now('people')) view.open({ kind: 'sign-in' });
      else if (event.key === 'Escape') {
        view.notice(null);
        topUp.clear();
      } else if (!followPlaceKey(event)) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
