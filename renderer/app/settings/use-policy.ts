import { useEffect, useState } from 'react';
import { currencyDecimals, separators } from '../../../preload/contract/app/values.ts';
import type { AppError, Policy, Till } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { settledBySaving } from '../../shared/first-day.ts';
import { useKept } from '../../shared/kept.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import type { PolicyRules } from './policy-form.ts';

const rulesOf = (till: Till): PolicyRules => {
  const signs = separators(till.language);
  return {
    locale: till.language,
    money: { ...signs, decimals: currencyDecimals(till.currency) },
    points: { ...signs, decimals: till.pointDecimals },
  };
};

/** The settings, each saved as it is set. */
export function usePolicy() {
  const till = useTill();
  const [failure, setFailure] = useState<AppError | null>(null);
  const [itProblem, setItProblem] = useState<AppError | null>(null);
  const takenAtMs = useTopic('chain', (chain) => chain?.taken?.atMs);
  const kept = useKept<Policy>({
    of: 'policy',
    send: (policy, pin) => bridge.policySave({ policy, pin }),
    onSaved: ({ tenders }) => {
      if (tenders !== undefined) settledBySaving('pay');
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again where the owner's came over them.
  useEffect(() => {
    void bridge.policyGet({}).then((reply) => {
      if (!reply.ok) return setFailure(reply.error);
      setItProblem(reply.value.itProblem);
      kept.keep(reply.value.policy);
    });
  }, [takenAtMs]);
  return {
    ...kept,
    rules: rulesOf(till),
    failure: failure ?? kept.failure,
    /** Why the computer's policy file is not used. */
    itProblem,
  };
}
export type PolicyForm = ReturnType<typeof usePolicy>;
