import { type RefObject, useEffect, useRef } from 'react';
import { view } from './view.ts';

const isNowhere = () => document.activeElement === null || document.activeElement === document.body;

const keepers: (() => boolean)[] = [];

/** While this is so, whatever has the focus keeps it. */
export const holdFocusWhile = (isHolding: () => boolean): void => void keepers.push(isHolding);

/** A dialog keeps the focus for itself, and text that somebody marks stays marked. */
const isKept = () =>
  view.store.getState().dialog !== null ||
  keepers.some((isHolding) => isHolding()) ||
  window.getSelection()?.isCollapsed === false;

/**
 * The focus is never on the page's body, where keys go nowhere: when what had it has gone or was disabled, or a bare
 * part of the page was pressed, it goes home.
 */
export function useFocusHome(goHome: () => void): void {
  const home = useRef(goHome);
  home.current = goHome;
  useEffect(() => {
    let isPressed = false;
    let frame = 0;
    const look = () => {
      if (isNowhere() && !isKept() && !isPressed) home.current();
    };
    // After the frame: only then does the browser take the focus from what was disabled in it.
    const lookSoon = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setTimeout(look));
    };
    const onPress = () => (isPressed = true);
    const onRelease = () => {
      isPressed = false;
      lookSoon();
    };
    const changes = new MutationObserver(lookSoon);
    changes.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    const options = { capture: true };
    window.addEventListener('focusout', lookSoon, options);
    window.addEventListener('pointerdown', onPress, options);
    window.addEventListener('pointerup', onRelease, options);
    window.addEventListener('pointercancel', onRelease, options);
    return () => {
      cancelAnimationFrame(frame);
      changes.disconnect();
      window.removeEventListener('focusout', lookSoon, options);
      window.removeEventListener('pointerdown', onPress, options);
      window.removeEventListener('pointerup', onRelease, options);
      window.removeEventListener('pointercancel', onRelease, options);
    };
  }, []);
}

/** A screen's name: a screen reader begins there, and the focus is there while nothing else has it. */
export function useHeading(
  takesFocus = true,
  /** Where the focus is at home, where that is not the name. */
  home?: RefObject<HTMLElement | null>,
): RefObject<HTMLHeadingElement | null> {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) ref.current?.focus();
  }, [takesFocus]);
  useFocusHome(() => (home?.current ?? ref.current)?.focus({ preventScroll: true }));
  return ref;
}
