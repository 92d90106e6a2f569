import { useEffect, useState } from 'react';
import type { AppError, Result } from '../../../preload/contract/index.ts';

/** What main answers, asked once when the dialog opens; null until it is there. */
export function useAsked<T>(ask: () => Promise<Result<T>>): {
  readonly value: T | null;
  readonly failure: AppError | null;
} {
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once.
  useEffect(() => {
    let isGone = false;
    void ask().then((reply) => {
      if (isGone) return;
      if (reply.ok) setValue(reply.value);
      else setFailure(reply.error);
    });
    return () => {
      isGone = true;
    };
  }, []);
  return { value, failure };
}
