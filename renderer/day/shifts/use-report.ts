import { till as bridge } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';
import { useAsked } from '../../shared/use-asked.ts';

/** A report of the open shift, or of one that was closed. */
export const useReport = (number: number | null) => useAsked(() => bridge.shiftsReport({ number }), [number]);

/** The report of the open shift, reckoned anew whenever an entry has gone a step on. */
export const useOpenReport = () =>
  useAsked(() => bridge.shiftsReport({ number: null }), [useTopic('counts', (now) => JSON.stringify(now))]);
