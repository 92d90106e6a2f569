import { useEffect } from 'react';
import { zeroAmount } from '../../../preload/contract/app/values.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';
import { useForm, useTopUp } from './form.ts';

/** The customer's display follows what stands on the form; main says what of it is shown, and to whom it is. */
export function useCustomerDisplay(): void {
  const customerUid = useTopUp(({ member }) => (member?.status === 'active' ? member.customerUid : null));
  // What is half typed, or typed wrong, is no sum yet.
  const amount = useForm((read) => (read.amount.ok ? read.amount.value : zeroAmount));
  const points = useForm((read) => (read.points.ok ? read.points.value : zeroAmount));
  // Main has cleared the display when the till was locked, and hears nothing of the page until somebody is there.
  const isLocked = useTopic('people', (people) => people?.signedIn === null);
  useEffect(() => {
    if (isLocked) return;
    const draft = customerUid === null ? null : { customerUid, amount, points };
    void bridge.customerDraft({ draft });
  }, [customerUid, amount, points, isLocked]);
}
