import { useSyncExternalStore } from 'react';

let isTouched = false;
let isForced = false;
const listeners = new Set<() => void>();

const notify = () => {
  for (const listener of [...listeners]) listener();
};

/** Shows the keypad after the first tap, once that tap has been handled: nothing moves under a finger that is still down. */
export function listenForTouch(): void {
  const onClick = (event: MouseEvent) => {
    if (!(event instanceof PointerEvent) || event.pointerType !== 'touch') return;
    window.removeEventListener('click', onClick, { capture: true });
    setTimeout(() => {
      isTouched = true;
      notify();
    });
  };
  window.addEventListener('click', onClick, { capture: true });
}

/** A manager wants the keypad before anybody has touched the screen. */
export function forceKeys(isOn: boolean): void {
  isForced = isOn;
  notify();
}

/** Whether keypads are shown: from the first touch on, or by a manager's setting. */
export const useKeys = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    () => isTouched || isForced,
  );
