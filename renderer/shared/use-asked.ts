import { useCallback, useEffect, useState } from 'react';
import type { AppError, Result } from '../../preload/contract/index.ts';

interface Asked<T> {
  readonly value: T | null;
  readonly failure: AppError | null;
  readonly askAgain: () => void;
}

const unasked = { value: null, failure: null };

/**
 * Queries main when first shown, when `when` changes, and on request; null until answered, or without a query.
 * Answers to earlier queries are dropped; a failure keeps the last value.
 */
export function useAsked<T>(ask: (() => Promise<Result<T>>) | null, when: readonly unknown[] = []): Asked<T> {
  const [told, setTold] = useState<Omit<Asked<T>, 'askAgain'>>(unasked);
  const [turn, setTurn] = useState(0);
  const isAsked = ask !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `when` and `turn` say when to ask again.
  useEffect(() => {
    if (ask === null) return setTold(unasked);
    let isOver = false;
    void ask().then((reply) => {
      if (isOver) return;
      setTold(({ value }) =>
        reply.ok ? { value: reply.value, failure: null } : { value, failure: reply.error },
      );
    });
    return () => {
      isOver = true;
    };
  }, [isAsked, turn, ...when]);
  const askAgain = useCallback(() => setTurn((count) => count + 1), []);
  return { ...told, askAgain };
}
