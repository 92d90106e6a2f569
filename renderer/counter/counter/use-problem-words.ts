import { useTranslation } from 'react-i18next';
import { currencyDecimals } from '../../../preload/contract/app/values.ts';
import type { Amount, AmountProblem, Till } from '../../../preload/contract/index.ts';
import { money, plain } from '../../kit/format.ts';
import { sampleAmount, wrongSeparator } from '../../kit/number-words.ts';
import { phraseText } from '../../shared/i18n.ts';
import { useTopUp } from './form.ts';
import { type Blocker, rulesOf } from './top-up.ts';

/** The id of the element that says why the form cannot be confirmed. */
export const CONFIRM_REASON_ID = 'confirm-reason';

/** Words for invalid amounts and blockers. */
export function useProblemWords(till: Till) {
  const { t } = useTranslation();
  const amountText = useTopUp((state) => state.amountText);
  const pointsText = useTopUp((state) => state.pointsText);
  const givenText = useTopUp((state) => state.givenText);
  const { language: locale, currency, pointDecimals } = till;
  const rules = rulesOf(till);
  const ofMoney = (typed: string, cap: Amount, problem: AmountProblem) => {
    const wrong = wrongSeparator({ typed, rules: rules.amount, locale }, problem);
    if (wrong !== null) return phraseText(t, wrong);
    return t(`amountProblems.${problem}`, {
      count: currencyDecimals(currency),
      currency,
      cap: money(cap, currency, locale),
      sample: sampleAmount(currencyDecimals(currency), locale),
    });
  };
  const amount = (problem: AmountProblem) => ofMoney(amountText, till.balanceCap, problem);
  const given = (problem: AmountProblem) =>
    problem === 'above-cap' ? t('blockers.given-too-much') : ofMoney(givenText, till.balanceCap, problem);
  const points = (problem: AmountProblem) => {
    const wrong = wrongSeparator({ typed: pointsText, rules: rules.points, locale }, problem);
    if (wrong !== null) return phraseText(t, wrong);
    return t(`pointProblems.${problem}`, {
      cap: plain(till.pointCap, locale),
      sample: sampleAmount(pointDecimals, locale),
    });
  };
  const blocker = (blocked: Blocker): string => {
    if (blocked.kind === 'amount') return amount(blocked.problem);
    if (blocked.kind === 'points') return points(blocked.problem);
    if (blocked.kind === 'given') return given(blocked.problem);
    return t(`blockers.${blocked.kind}`);
  };
  return { amount, points, blocker };
}
