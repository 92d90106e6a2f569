import { useEffect, useRef, useState } from 'react';

/** Goes to the first wrong field of a page, once what is wrong is marked. */
export function useFirstWrong() {
  const ref = useRef<HTMLDivElement>(null);
  const [jumps, setJumps] = useState(0);
  useEffect(() => {
    if (jumps === 0) return;
    const field = ref.current?.querySelector<HTMLInputElement>('input[aria-invalid="true"]');
    field?.focus({ preventScroll: true });
    field?.scrollIntoView({ block: 'center' });
  }, [jumps]);
  return { ref, jump: () => setJumps((count) => count + 1) };
}
