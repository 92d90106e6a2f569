import { useCallback } from 'react';
import { till as bridge } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';
import { useAsked } from '../../shared/use-asked.ts';

/** A report of the open shift, or of one that was closed. */
export const useReport = (number: number | null) =>
  useAsked(useCallback(() => bridge.shiftsReport({ number }), [number]));

/** The report of the open shift, reckoned anew whenever an entry has gone a step on. */
export function useOpenReport() {
  const counts = useTopic('counts', (now) => JSON.stringify(now));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `counts` says when to ask again.
  return useAsked(useCallback(() => bridge.shiftsReport({ number: null }), [counts]));
}
