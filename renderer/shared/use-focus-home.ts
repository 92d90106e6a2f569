import { type RefObject, useEffect, useRef } from 'react';
import { view } from './view.ts';

const isNowhere = () => document.activeElement === null || document.activeElement === document.body;

const keepers: (() => boolean)[] = [];

/** Registers a condition under which the focus is not moved. */
export const holdFocusWhile = (isHolding: () => boolean): void => void keepers.push(isHolding);

/** Dialogs keep their focus, and selected text stays selected. */
const isKept = () =>
  view.store.getState().dialog !== null ||
  keepers.some((isHolding) => isHolding()) ||
  window.getSelection()?.isCollapsed === false;

/**
 * Keeps the focus off the page's body, where keys are lost: when the focused element is removed or disabled, or empty
 * space was pressed, it goes home.
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
    // After the frame: only then does the browser blur a disabled element.
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

/** A screen's heading: screen readers start there, and it has the focus while nothing else does. */
export function useHeading(
  takesFocus = true,
  /** The default focus, if not the heading. */
  home?: RefObject<HTMLElement | null>,
): RefObject<HTMLHeadingElement | null> {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) ref.current?.focus();
  }, [takesFocus]);
  useFocusHome(() => (home?.current ?? ref.current)?.focus({ preventScroll: true }));
  return ref;
}
