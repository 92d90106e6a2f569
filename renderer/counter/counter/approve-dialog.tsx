import { useTranslation } from 'react-i18next';
import { compareAmounts, err, zeroAmount } from '../../../preload/contract/app/values.ts';
import type { Permissions } from '../../../preload/contract/index.ts';
import { somethingOf } from '../../kit/format.ts';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { topUp, useForm, useTopUp } from './form.ts';
import { principalOf, type TopUp } from './top-up.ts';

type Limits = Pick<Permissions, 'balanceLimit' | 'pointLimit'>;

/** What a cashier may enter alone, of what this is above; null where it is above nothing. */
function limitOf({ balanceLimit, pointLimit }: Limits, wish: TopUp, write: SumWriter): string | null {
  if (balanceLimit !== null && compareAmounts(wish.balanceIncrement, balanceLimit) > 0)
    return write.money(balanceLimit);
  const isOver = pointLimit !== null && compareAmounts(wish.pointIncrement, pointLimit) > 0;
  return isOver ? write.points(pointLimit) : null;
}

/** The entry as the ticket that it becomes, and why a manager is asked. */
function useAsked() {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const member = useTopUp((state) => state.member);
  const read = useForm((form) => form.topUp);
  const permissions = useTopic('people', (people) => people?.permissions);
  if (!read.ok) return undefined;
  const wish = read.value;
  const bonus = wish.bonus ?? zeroAmount;
  const name = member?.name || t('member.unnamed', { number: member?.number ?? '' });
  const limit = permissions === undefined ? null : limitOf(permissions, wish, write);
  return {
    title: write.signed(principalOf(wish), wish.pointIncrement),
    lines: [
      ...(somethingOf(bonus) ? [t('bonusOf', { sum: write.money(bonus) })] : []),
      name,
      ...(limit === null ? [] : [t('people.aloneUpTo', { limit })]),
    ],
  };
}

/** A manager approves this entry with their PIN. */
export function ApproveDialog() {
  const { t } = useTranslation();
  const till = useTill();
  const asked = useAsked();
  return (
    <PinDialog
      title={t('people.approveTitle')}
      lead={t('people.approveLead', { person: till.actor })}
      action={t('people.approve')}
      act="overLimit"
      isOnlyCashiers
      ticket={asked}
      send={async (proof) => {
        const approval = typeof proof === 'object' ? proof : undefined;
        const reply = await topUp.confirm(false, approval);
        return reply ?? err({ code: 'invalid-request' });
      }}
    />
  );
}
