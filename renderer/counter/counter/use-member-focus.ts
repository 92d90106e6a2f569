import { useEffect, useRef } from 'react';
import { useFocusHome } from '../../shared/use-focus-home.ts';
import { useView, view } from '../../shared/view.ts';
import { topUp } from './form.ts';

/** Does it each time that something that was so is so no longer. */
function useAtEnd(isSo: boolean, act: () => void): void {
  const was = useRef(isSo);
  useEffect(() => {
    if (was.current && !isSo) act();
    was.current = isSo;
  }, [isSo, act]);
}

const isOpenOver = () => view.store.getState().dialog !== null;

/** A press by hand, not by Enter, Space or a screen reader. */
const isByHand = (event: MouseEvent) => event.detail > 0;

/**
 * Something beside the form was pressed, e.g. the plug or a way to send: it has done what it does, and the next key
 * is meant for the form. Who goes there by Tab stays, to go on from there.
 */
function usePressesBeside(): void {
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const { target } = event;
      // What was pressed away has left the focus where it wants it.
      if (!isByHand(event) || !(target instanceof Element) || !target.isConnected) return;
      const isOfForm = target.closest('[data-keeps-focus], input, textarea, [role=dialog]') !== null;
      const pressed = target.closest('button, [role=switch], label');
      if (isOfForm || pressed === null || isOpenOver()) return;
      topUp.focusHome();
    };
    // Heard before the widgets, which keep it for themselves; done once they have done theirs.
    const later = (event: MouseEvent) => void setTimeout(() => onClick(event));
    window.addEventListener('click', later, { capture: true });
    return () => window.removeEventListener('click', later, { capture: true });
  }, []);
}

/** When anything closes, the focus is back in the member field; and it is never nowhere. */
export function useMemberFocus(): void {
  const isCovered = useView((state) => state.dialog !== null);
  useEffect(() => topUp.focusMember(), []);
  useAtEnd(isCovered, topUp.focusMember);
  useFocusHome(topUp.focusHome);
  usePressesBeside();
}
