import { useTranslation } from 'react-i18next';
import { err } from '../../../preload/contract/app/values.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { useTill } from '../../shared/topics.ts';
import { topUp, useForm, useTopUp } from './form.ts';

/** A manager approves this entry with their PIN. */
export function ApproveDialog() {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const member = useTopUp((state) => state.member);
  const read = useForm((form) => form.topUp);
  const name = member?.name || t('member.unnamed', { number: member?.number ?? '' });
  const what = read.ok ? write.both(read.value.balanceIncrement, read.value.pointIncrement) : '';
  return (
    <PinDialog
      title={t('people.approveTitle')}
      lead={t('people.approveLead', { what, name, person: till.actor })}
      action={t('people.approve')}
      isAlways
      send={async (proof) => {
        const approval = typeof proof === 'object' ? proof : undefined;
        const reply = await topUp.confirm(false, approval);
        return reply ?? err({ code: 'invalid-request' });
      }}
    />
  );
}
