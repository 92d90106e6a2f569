import type { AppError, MatchAsk, MatchPlan } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';
import { useAsked } from '../../shared/use-asked.ts';

interface Planned {
  readonly plan: MatchPlan | null;
  readonly failure: AppError | null;
}

/** What it would cost, asked anew whenever something else is asked for or a call was spent. */
export function usePlan(ask: MatchAsk | null): Planned {
  const used = useTopic('budget', (budget) => budget.used);
  const plan = ask === null ? null : () => bridge.matchingPlan({ ask });
  const { value, failure } = useAsked(plan, [JSON.stringify(ask), used]);
  return { plan: failure === null ? value : null, failure };
}
