import { type RefObject, useEffect, useRef, useState } from 'react';

const FOCUSABLE = 'button:not(:disabled), input:not(:disabled), a[href], [tabindex="0"]';

/** Text that outgrows its place and has nothing in it to step to is a stop of its own: else no key would scroll it. */
export function useScrollStop(): {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly isStop: boolean;
} {
  const ref = useRef<HTMLDivElement>(null);
  const [isStop, setStop] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const watch = new ResizeObserver(() =>
      setStop(element.scrollHeight > element.clientHeight && element.querySelector(FOCUSABLE) === null),
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return { ref, isStop };
}
