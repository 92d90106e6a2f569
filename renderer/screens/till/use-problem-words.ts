import { useTranslation } from 'react-i18next';
import { type AmountProblem, currencyDecimals, type Till } from '../../../preload/contract/index.ts';
import { money, plain } from '../../logic/format.ts';
import type { Blocker } from '../../logic/top-up.ts';

/** What is wrong with an amount, and why the form cannot be confirmed, in words. */
export function useProblemWords(till: Till) {
  const { t } = useTranslation();
  const amount = (problem: AmountProblem) =>
    t(`amountProblems.${problem}`, {
      count: currencyDecimals(till.currency),
      currency: till.currency,
      cap: money(till.balanceCap, till.currency, till.language),
    });
  const points = (problem: AmountProblem) =>
    t(`pointProblems.${problem}`, { cap: plain(till.pointCap, till.language) });
  const blocker = (blocked: Blocker): string => {
    if (blocked.kind === 'amount') return amount(blocked.problem);
    if (blocked.kind === 'points') return points(blocked.problem);
    return t(`blockers.${blocked.kind}`);
  };
  return { amount, points, blocker };
}
