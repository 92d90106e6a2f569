import { useEffect, useRef } from 'react';
import { useFocusHome } from '../../shared/use-focus-home.ts';
import { useView, view } from '../../shared/view.ts';
import { topUp } from './form.ts';

/** Acts each time `isSo` turns false. */
function useAtEnd(isSo: boolean, act: () => void): void {
  const was = useRef(isSo);
  useEffect(() => {
    if (was.current && !isSo) act();
    was.current = isSo;
  }, [isSo, act]);
}

const isOpenOver = () => view.store.getState().dialog !== null;

/** By pointer, not by keyboard or a screen reader. */
const isByHand = (event: MouseEvent) => event.detail > 0;

/** After a press outside the form the next key is meant for the form; focus by Tab stays. */
function usePressesOutside(): void {
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const { target } = event;
      // A removed element has moved the focus itself.
      if (!isByHand(event) || !(target instanceof Element) || !target.isConnected) return;
      const isOfForm = target.closest('[data-keeps-focus], input, textarea, [role=dialog]') !== null;
      const pressed = target.closest('button, [role=switch], label');
      if (isOfForm || pressed === null || isOpenOver()) return;
      topUp.focusHome();
    };
    // Captured, since widgets stop it; handled after them.
    const later = (event: MouseEvent) => void setTimeout(() => onClick(event));
    window.addEventListener('click', later, { capture: true });
    return () => window.removeEventListener('click', later, { capture: true });
  }, []);
}

/** Returns the focus to the member field when anything closes; it is never nowhere. */
export function useMemberFocus(): void {
  const isCovered = useView((state) => state.dialog !== null);
  useEffect(() => topUp.focusMember(), []);
  useAtEnd(isCovered, topUp.focusMember);
  useFocusHome(topUp.focusHome);
  usePressesOutside();
}
