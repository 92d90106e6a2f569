import { useEffect, useState } from 'react';
import type { AppError, MatchAsk, MatchPlan } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';

interface Planned {
  readonly plan: MatchPlan | null;
  readonly failure: AppError | null;
}

const none: Planned = { plan: null, failure: null };

/** What it would cost, asked anew whenever something else is asked for or a call was spent. */
export function usePlan(ask: MatchAsk | null): Planned {
  const used = useTopic('budget', (budget) => budget.used);
  const [planned, setPlanned] = useState(none);
  const asked = JSON.stringify(ask);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `used` says when to ask again.
  useEffect(() => {
    const wanted = JSON.parse(asked) as MatchAsk | null;
    let isCurrent = true;
    if (wanted === null) setPlanned(none);
    else
      void bridge.matchingPlan({ ask: wanted }).then((reply) => {
        if (!isCurrent) return;
        setPlanned(reply.ok ? { plan: reply.value, failure: null } : { plan: null, failure: reply.error });
      });
    return () => {
      isCurrent = false;
    };
  }, [asked, used]);
  return planned;
}
