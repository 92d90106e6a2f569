import { useEffect } from 'react';
import { zeroAmount } from '../../../preload/contract/app/values.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';
import { useForm, useTopUp } from './form.ts';

/** Sends the form to the customer's display; main decides what is shown. */
export function useCustomerDisplay(): void {
  const customerUid = useTopUp(({ member }) => (member?.status === 'active' ? member.customerUid : null));
  // Invalid text is no sum yet.
  const amount = useForm((read) => (read.amount.ok ? read.amount.value : zeroAmount));
  const points = useForm((read) => (read.points.ok ? read.points.value : zeroAmount));
  // Main clears the display when the till locks, and accepts nothing until somebody signs in.
  const isLocked = useTopic('people', (people) => people?.signedIn === null);
  useEffect(() => {
    if (isLocked) return;
    const draft = customerUid === null ? null : { customerUid, amount, points };
    void bridge.customerDraft({ draft });
  }, [customerUid, amount, points, isLocked]);
}
