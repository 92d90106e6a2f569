import { useEffect } from 'react';
import type { AmountRules } from '../../../preload/contract/index.ts';
import { zeroAmount } from '../../../preload/contract/values.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTill } from '../../shared/topics.ts';
import { useTopUp } from './form.ts';
import { readAmount, rulesOf } from './top-up.ts';

/** What is half typed, or typed wrong, is no sum yet. */
function sumOf(typed: string, rules: AmountRules) {
  const read = readAmount(typed, rules);
  return read.ok ? read.value : zeroAmount;
}

/** The customer's display follows what stands on the form; main says what of it is shown, and to whom it is. */
export function useCustomerDisplay(): void {
  const rules = rulesOf(useTill());
  const customerUid = useTopUp(({ member }) => (member?.status === 'active' ? member.customerUid : null));
  const amount = useTopUp(({ amountText }) => sumOf(amountText, rules.amount));
  const points = useTopUp(({ pointsText }) => sumOf(pointsText, rules.points));
  useEffect(() => {
    const draft = customerUid === null ? null : { customerUid, amount, points };
    void bridge.customerDraft({ draft });
  }, [customerUid, amount, points]);
}
