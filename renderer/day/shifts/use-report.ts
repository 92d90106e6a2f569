import { till as bridge } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';

export const useReport = (number: number | null) => useQuery(() => bridge.shiftsReport({ number }), [number]);

/** The open shift's, read again as entries change. */
export const useOpenReport = () =>
  useQuery(() => bridge.shiftsReport({ number: null }), [useTopic('counts', (now) => JSON.stringify(now))]);
