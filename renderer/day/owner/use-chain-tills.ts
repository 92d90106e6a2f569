import { useCallback, useEffect, useState } from 'react';
import type { ChainTills } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';

/** Main reads the folder each five minutes; what it read is asked for more often, for the sake of a till taken off. */
const EVERY_MS = 60_000;

/** All tills of the chain, asked for anew with another `atMs`; null until they are known, and where nobody may see them. */
export function useChainTills(atMs: number) {
  const [chain, show] = useState<ChainTills | null>(null);
  const load = useCallback(async () => {
    const reply = await bridge.chainTills({});
    if (reply.ok) show(reply.value);
    return reply;
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of `atMs` asks again.
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), EVERY_MS);
    return () => clearInterval(timer);
  }, [load, atMs]);
  const drop = async (tillId: string) => {
    const reply = await bridge.chainDropTill({ tillId });
    if (reply.ok) await load();
    return reply;
  };
  return { chain, drop };
}
