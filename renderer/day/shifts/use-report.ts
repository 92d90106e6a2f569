import { till as bridge } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';
import { useAsked } from '../../shared/use-asked.ts';

export const useReport = (number: number | null) => useAsked(() => bridge.shiftsReport({ number }), [number]);

/** The open shift's, read again as entries change. */
export const useOpenReport = () =>
  useAsked(() => bridge.shiftsReport({ number: null }), [useTopic('counts', (now) => JSON.stringify(now))]);
