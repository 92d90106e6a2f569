import { useTranslation } from 'react-i18next';
import { currencyDecimals, subtractAmounts, zeroAmount } from '../../../preload/contract/app/values.ts';
import type { Amount, AmountProblem, Till } from '../../../preload/contract/index.ts';
import { masked, money, plain } from '../../kit/format.ts';
import { sampleAmount, wrongSeparator } from '../../kit/number-words.ts';
import { phraseText } from '../../shared/i18n.ts';
import { useForm, useTopUp } from './form.ts';
import { closedPhrase } from './slot-line.ts';
import { type Blocker, rulesOf } from './top-up.ts';

/** The id of the element that says why the form cannot be confirmed. */
export const CONFIRM_REASON_ID = 'confirm-reason';

/** What is missing, as a question where it is one, and how it is answered; without a hint the sentence so far stands there. */
interface MissingWords {
  readonly title: string;
  readonly hint?: string;
}

/** Cash that is still to come. */
const useStillMissing = (): Amount | null =>
  useForm(({ amount, given }) => (amount.ok && given.ok ? subtractAmounts(amount.value, given.value) : null));

/** Words for invalid amounts and blockers. */
export function useProblemWords(till: Till) {
  const { t } = useTranslation();
  const amountText = useTopUp((state) => state.amountText);
  const pointsText = useTopUp((state) => state.pointsText);
  const givenText = useTopUp((state) => state.givenText);
  const member = useTopUp((state) => state.member);
  const missing = useStillMissing();
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
  const blocker = (blocked: Blocker, hasKeys: boolean): MissingWords => {
    const end = hasKeys ? 'Touch' : '';
    switch (blocked.kind) {
      case 'amount':
        return { title: amount(blocked.problem), hint: '' };
      case 'points':
        return { title: points(blocked.problem), hint: '' };
      case 'given':
        return { title: given(blocked.problem) };
      case 'given-too-little':
        return {
          title: t('blockers.given-too-little', { sum: money(missing ?? zeroAmount, currency, locale) }),
        };
      case 'member-closed': {
        const name = member?.name || t('member.unnamed', { number: masked(member?.number ?? '') });
        const hint = member === null ? '' : phraseText(t, closedPhrase(member, locale));
        return { title: t('blockers.member-closed', { name }), hint };
      }
      case 'no-member':
      case 'not-looked-up':
        return { title: t(`blockers.${blocked.kind}`), hint: t(`blockerHints.${blocked.kind}${end}`) };
      case 'nothing-to-add':
        return { title: t('blockers.nothing-to-add'), hint: t('blockerHints.nothing-to-add') };
      default:
        return { title: t(`blockers.${blocked.kind}`) };
    }
  };
  return { amount, points, blocker };
}
