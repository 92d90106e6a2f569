import { useTranslation } from 'react-i18next';
import type { MemberCard } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { useTill } from '../../shared/topics.ts';
import styles from './confirm-bar.module.css';
import { areSumsKnown, sumsAfter, type TopUp } from './top-up.ts';

const c = classNames(styles);

/** What the member will hold; only what is known is promised. */
export function ThenLine({ wish, member }: { readonly wish: TopUp; readonly member: MemberCard }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  if (!areSumsKnown(member)) return <p className={c('reason')}>{t('member.thenUnknown')}</p>;
  const after = sumsAfter(member, wish);
  const name = wish.customerName || t('member.unnamed', { number: wish.customerNumber });
  return (
    <p className={c('then')}>
      <span>{t('member.then', { name })}</span>
      <b>{[write.money(after.balance), write.points(after.point)].join(t('app.separator'))}</b>
    </p>
  );
}
