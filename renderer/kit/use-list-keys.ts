import { type RefObject, useEffect, useRef } from 'react';

const next: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** Arrows, Home and End move the focus within a list of buttons; Tab goes on as everywhere. */
export function useListKeys<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    const list = ref.current;
    if (list === null) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const buttons = [...list.querySelectorAll('button')].filter(({ disabled }) => !disabled);
      const at = buttons.findIndex((button) => button.matches(':focus'));
      const to = next[event.key]?.(at, buttons.length);
      const isOther = event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey;
      if (at === -1 || to === undefined || isOther) return;
      event.preventDefault();
      buttons[to]?.focus();
    };
    list.addEventListener('keydown', onKeyDown);
    return () => list.removeEventListener('keydown', onKeyDown);
  }, []);
  return ref;
}
