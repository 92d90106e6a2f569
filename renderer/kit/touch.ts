import { useSyncExternalStore } from 'react';

let isTouched = false;
let isForced = false;
const listeners = new Set<() => void>();

const tell = () => {
  for (const listener of [...listeners]) listener();
};

/**
 * Listens for the first tap. What it shows stands there once the tap has done what it does: nothing moves under the
 * finger that is still down.
 */
export function listenForTouch(): void {
  const onClick = (event: MouseEvent) => {
    if (!(event instanceof PointerEvent) || event.pointerType !== 'touch') return;
    window.removeEventListener('click', onClick, { capture: true });
    setTimeout(() => {
      isTouched = true;
      tell();
    });
  };
  window.addEventListener('click', onClick, { capture: true });
}

/** A manager wants the keypad before anybody has touched the screen. */
export function forceKeys(isOn: boolean): void {
  isForced = isOn;
  tell();
}

/** Whether what is typed can be tapped: from the first touch on, or because a manager wants it so. */
export const useKeys = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    () => isTouched || isForced,
  );
