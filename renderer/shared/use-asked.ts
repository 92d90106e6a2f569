import { useCallback, useEffect, useState } from 'react';
import type { AppError, Result } from '../../preload/contract/index.ts';

interface Asked<T> {
  readonly value: T | null;
  readonly failure: AppError | null;
  readonly askAgain: () => void;
}

/** What main answers, asked once when this is first shown and where it is asked again; null until it is there. */
export function useAsked<T>(ask: () => Promise<Result<T>>): Asked<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const askAgain = useCallback(() => {
    void ask().then((reply) => {
      setFailure(reply.ok ? null : reply.error);
      if (reply.ok) setValue(reply.value);
    });
  }, [ask]);
  useEffect(askAgain, [askAgain]);
  return { value, failure, askAgain };
}
