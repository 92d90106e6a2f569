import { useEffect } from 'react';
import { zeroAmount } from '../../../preload/contract/app/values.ts';
import type { AmountRules } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
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
  // Main has cleared the display when the till was locked, and hears nothing of the page until somebody is there.
  const isLocked = useTopic('people', (people) => people?.signedIn === null);
  useEffect(() => {
    if (isLocked) return;
    const draft = customerUid === null ? null : { customerUid, amount, points };
    void bridge.customerDraft({ draft });
  }, [customerUid, amount, points, isLocked]);
}
