import { useCallback, useEffect, useState } from 'react';
import type { AppError, Result } from '../../preload/contract/index.ts';

interface Query<T> {
  readonly value: T | null;
  readonly failure: AppError | null;
  readonly askAgain: () => void;
}

const notAnswered = { value: null, failure: null };

/**
 * Queries main when first shown, when `when` changes, and on request; null until answered, or without a query.
 * Answers to earlier queries are dropped; a failure keeps the last value.
 */
export function useQuery<T>(ask: (() => Promise<Result<T>>) | null, when: readonly unknown[] = []): Query<T> {
  const [answer, setAnswer] = useState<Omit<Query<T>, 'askAgain'>>(notAnswered);
  const [times, setTimes] = useState(0);
  const isAsked = ask !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of `when` or `times` triggers the query.
  useEffect(() => {
    if (ask === null) return setAnswer(notAnswered);
    let isOver = false;
    void ask().then((reply) => {
      if (isOver) return;
      setAnswer(({ value }) =>
        reply.ok ? { value: reply.value, failure: null } : { value, failure: reply.error },
      );
    });
    return () => {
      isOver = true;
    };
  }, [isAsked, times, ...when]);
  const askAgain = useCallback(() => setTimes((count) => count + 1), []);
  return { ...answer, askAgain };
}
